import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { NET_LETTERS, runLetterNet } from "../../../lib/glyph/letters/letter-net.ts";
import { LETTER_READER } from "../../../lib/glyph/letters/letter-reader.ts";
import { normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import { type Segmentation, segmentField } from "../../../lib/glyph/segment-field.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import type { InkMask } from "../../../lib/simulate/ink-mask.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { writeLine } from "../../../lib/simulate/write-line.ts";

const PX_PER_MM = 300 / 25.4;

/** A line by a simulated writer at 300 dpi; none of its forms was in the network's training. */
function write(text: string, seed: number, touching = 0): { masks: InkMask[]; field: BinaryImage } {
  const scale = [PX_PER_MM, PX_PER_MM] as const;
  const settings = { rng: new Rng(seed), scale, capHeightMm: 3.6, gapMm: 0.5, touching, wordGap: 0.5, slope: 0 };
  const { masks, widthPx } = writeLine(text, buildWriter(seed), settings);
  const written = masks.filter((mask) => mask !== null);
  const left = Math.min(...written.map(({ x }) => x)) - 5;
  const top = Math.min(...written.map(({ y }) => y)) - 5;
  const width = Math.ceil(widthPx) - left + 60;
  const height = Math.max(...written.map((mask) => mask.y + mask.height)) + 5 - top;
  const field = { width, height, data: new Uint8Array(width * height) };
  for (const mask of written)
    for (let i = 0; i < mask.coverage.length; i++)
      if (mask.coverage[i] >= 128) field.data[(mask.y - top + Math.floor(i / mask.width)) * width + mask.x - left + (i % mask.width)] = 1;
  return { masks: written.map((mask) => ({ ...mask, x: mask.x - left, y: mask.y - top })), field };
}

/** How many segments have most of one written character's box, in order. */
function countPlaced({ segments }: Segmentation, masks: readonly InkMask[]): number {
  return masks.filter((mask, i) => {
    const segment = segments[i];
    if (segment === undefined) return false;
    const shared = Math.min(segment.x + segment.image.width, mask.x + mask.width) - Math.max(segment.x, mask.x);
    return shared > 0.7 * Math.max(segment.image.width, mask.width);
  }).length;
}

const ALPHABET = "fmqeornvjtguilkcywdxphbasz";

describe("the letters' network", () => {
  it("gives probabilities: of all letters and of none they make 1", () => {
    const { field } = write("g", 3);
    const out = runLetterNet(normalizeGlyph(field));
    expect(out).toHaveLength(NET_LETTERS.length + 1);
    expect(out.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    expect(Math.min(...out)).toBeGreaterThanOrEqual(0);
  });

  it("reads letters of hands that it never saw, and takes two at once for none", () => {
    let [right, letters, double] = [0, 0, 0];
    for (let seed = 901; seed < 906; seed++) {
      for (const letter of NET_LETTERS) {
        const own = LETTER_READER.predict(normalizeGlyph(write(letter, seed).field), 1);
        const best = NET_LETTERS[own.indexOf(Math.max(...own))];
        letters++;
        if (best.toLowerCase() === letter.toLowerCase()) right++;
      }
      const two = LETTER_READER.predict(normalizeGlyph(write("mg", seed, 1).field), 1);
      if (Math.max(...two) < 0.5) double++;
    }
    expect(right / letters).toBeGreaterThanOrEqual(0.95);
    expect(double).toBe(5);
  });
});

describe("segmentField of letters", () => {
  it("labels an alphabet without doubt where nothing is wrong with it", () => {
    const { field, masks } = write(ALPHABET, 21);
    const segmentation = segmentField(field, { expectedCount: 26, prompt: ALPHABET });
    expect(segmentation.countMatches).toBe(true);
    expect(countPlaced(segmentation, masks)).toBe(26);
    expect(segmentation.segments.filter(({ isContested, cost }) => isContested || cost > 3)).toEqual([]);
  });

  it("shows a letter that was left out, though another one is in two pieces", () => {
    // A broken h counts for two by its shape, so that their number is the prompt's.
    const { field, masks } = write(ALPHABET.replace("g", ""), 21);
    const h = masks["fmqeornvjtuilkcywdxph".length - 1];
    const middle = h.x + Math.round(h.width / 2);
    for (let y = 0; y < field.height; y++) field.data.fill(0, y * field.width + middle - 2, y * field.width + middle + 2);
    expect(segmentField(field, { expectedCount: 26, prompt: ALPHABET }).countMatches).toBe(false);
  });

  it("parts letters that touch where the prompt's next one begins", () => {
    const { field, masks } = write("kahb", 33, 1);
    const segmentation = segmentField(field, { expectedCount: 4, prompt: "kahb" });
    expect(segmentation.segments.some(({ cutFromNext }) => cutFromNext)).toBe(true);
    expect(segmentation.countMatches).toBe(true);
    expect(countPlaced(segmentation, masks)).toBe(4);
  });

  it("gives an i its dot, which is too small to be told from dirt, and no dirt to other letters", () => {
    const field: BinaryImage = { width: 120, height: 90, data: new Uint8Array(120 * 90) };
    const fill = (x: number, y: number, w: number, h: number): void => {
      for (let row = y; row < y + h; row++) field.data.fill(1, row * 120 + x, row * 120 + x + w);
    };
    // An o of 6 px strokes and the stroke of an i; above each a dot of 9 px, a quarter of a pen's.
    for (const bar of [
      [20, 40, 30, 6],
      [20, 64, 30, 6],
      [20, 40, 6, 30],
      [44, 40, 6, 30],
      [80, 40, 6, 30],
    ])
      fill(...(bar as [number, number, number, number]));
    fill(34, 28, 3, 3);
    fill(82, 28, 3, 3);
    const { segments } = segmentField(field, { expectedCount: 2, prompt: "oi" });
    expect(segments.map(({ x, y, image }) => [x, y, image.width, image.height])).toEqual([
      [20, 40, 30, 30],
      [80, 28, 6, 42],
    ]);
    // An l has none.
    expect(segmentField(field, { expectedCount: 2, prompt: "ol" }).segments[1].y).toBe(40);
  });
});
