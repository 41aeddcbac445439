import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { findDoubtful } from "../../../lib/glyph/find-doubtful.ts";
import { segmentField } from "../../../lib/glyph/segment-field.ts";
import type { GlyphClassifier } from "../../../lib/glyph/segment-options.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../../lib/mlp/to-classifier.ts";
import { toBinary } from "../../../lib/simulate/ink-mask.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { writeLine } from "../../../lib/simulate/write-line.ts";
import { blank, fill, ink, ring } from "../../support/draw-ink.ts";

function paste(onto: BinaryImage, image: BinaryImage, x: number, y: number): void {
  image.data.forEach((value, i) => {
    if (value === 1) onto.data[(y + Math.floor(i / image.width)) * onto.width + x + (i % image.width)] = 1;
  });
}

const LINE = { scale: [300 / 25.4, 300 / 25.4], capHeightMm: 5, gapMm: 0.35, touching: 1, wordGap: 0.5, slope: 0 } as const;
const starter = toClassifier(decodeModel(new Uint8Array(readFileSync("lib/mlp/starter/starter.ink"))));

/** Reads a closed ring as 0 and a bar as 1 by the ink in the image's middle column. */
const toy: GlyphClassifier = {
  classes: ["0", "1"],
  predict(images, n) {
    const out = new Float32Array(2 * n);
    for (let k = 0; k < n; k++) {
      const image = images.subarray(k * 784, (k + 1) * 784);
      let columns = 0;
      let holes = 0;
      for (let x = 0; x < 28; x++) {
        let inked = 0;
        let changes = 0;
        for (let y = 0; y < 28; y++) {
          if (image[y * 28 + x] > 127) inked++;
          if (y > 0 && image[y * 28 + x] > 127 && image[(y - 1) * 28 + x] <= 127) changes++;
        }
        if (inked > 0) columns++;
        if (changes === 2) holes++;
      }
      const isZero = holes > 0.4 * columns && columns < 18;
      const isOne = columns <= 6;
      out[2 * k] = isZero ? 0.98 : isOne ? 0.01 : 0.3;
      out[2 * k + 1] = isOne ? 0.98 : isZero ? 0.01 : 0.3;
    }
    return out;
  },
};

describe("segmentField", () => {
  it("gives isolated characters exactly their components' px, at their place", () => {
    const field = blank(220, 100);
    ring(field, 20, 30);
    fill(field, 80, 28, 6, 46);
    ring(field, 120, 33, 28, 40);
    const { segments, countMatches } = segmentField(field, { expectedCount: 3, prompt: "010", classifier: toy });
    expect(countMatches).toBe(true);
    expect(segments.map(({ x, y, image }) => [x, y, image.width, image.height])).toEqual([
      [20, 30, 30, 44],
      [80, 28, 6, 46],
      [120, 33, 28, 40],
    ]);
    const alone = blank(30, 44);
    ring(alone, 0, 0);
    expect(segments[0].image.data).toEqual(alone.data);
  });

  it("leaves specks and small stray marks out", () => {
    const field = blank(220, 100);
    ring(field, 20, 30);
    fill(field, 34, 10, 2, 2);
    fill(field, 60, 80, 4, 5);
    fill(field, 90, 30, 6, 44);
    const { segments, countMatches } = segmentField(field, { expectedCount: 2, prompt: "01", classifier: toy });
    expect(countMatches).toBe(true);
    expect(segments.map(({ y, image }) => [y, image.height])).toEqual([
      [30, 44],
      [30, 44],
    ]);
  });

  it.each([9, 16])("cuts two that lie over one another so that both are whole, losing no ink (hand %i)", (seed) => {
    const { masks } = writeLine("23", buildWriter(seed), { ...LINE, rng: new Rng(seed) });
    const written = masks.map((mask) => ({ ...toBinary(mask!), x: mask!.x, y: mask!.y }));
    const [left, top] = [Math.min(...written.map(({ x }) => x)), Math.min(...written.map(({ y }) => y))];
    const field = blank(
      Math.max(...written.map(({ x, width }) => x + width)) - left,
      Math.max(...written.map(({ y, height }) => y + height)) - top,
    );
    for (const { x, y, ...image } of written) paste(field, image, x - left, y - top);
    const { segments } = segmentField(field, { expectedCount: 2, prompt: "23", classifier: starter });
    expect(segments).toHaveLength(2);
    // Both are read surely as they were cut before, one with a part of the other.
    for (const [i, { image, x, y }] of segments.entries()) {
      const [cut, whole] = [blank(field.width, field.height), blank(field.width, field.height)];
      paste(cut, image, x, y);
      paste(whole, written[i], written[i].x - left, written[i].y - top);
      const both = cut.data.filter((value, k) => value === 1 && whole.data[k] === 1).length;
      expect(both / ink(whole)).toBeGreaterThan(0.9);
      expect(both / ink(cut)).toBeGreaterThan(0.9);
    }
    // Ink close to the cut is both's, none is lost.
    const seen = blank(field.width, field.height);
    for (const { image, x, y } of segments) paste(seen, image, x, y);
    expect(seen.data).toEqual(field.data);
  });

  it("says which were cut: of them only what was read surely from a cheap cut is trusted", () => {
    const field = blank(300, 100);
    ring(field, 20, 30);
    fill(field, 50, 50, 8, 6);
    ring(field, 58, 30);
    fill(field, 140, 28, 6, 46);
    const { segments } = segmentField(field, { expectedCount: 3, prompt: "001", classifier: toy });
    expect(segments.map(({ cutFromNext }) => cutFromNext)).toEqual([true, false, false]);
    // A model that has no idea (0.66 nats each): the one that stands apart is still one whole piece of ink.
    const unread: GlyphClassifier = { classes: ["0", "1"], predict: (_images, n) => new Float32Array(2 * n).fill(0.5) };
    const vague = segmentField(field, { expectedCount: 3, prompt: "001", classifier: unread }).segments;
    expect(findDoubtful(vague)).toEqual([true, true, false]);
    // One dear side makes both sides of a cut doubtful, and no more.
    const sides = [0.1, 0.9, 0.1, 0.1].map((cost, i) => ({ cost, cutFromNext: i !== 2 }));
    expect(findDoubtful(sides)).toEqual([true, true, true, false]);
    // However cheap, a cut along a light stroke is one of many that would do; and a digit twice as wide as others may have its neighbour's bar.
    const light = [0.1, 0.1, 0.1].map((cost, i) => ({ cost, cutFromNext: i === 0, isLightCut: i === 0 }));
    expect(findDoubtful(light)).toEqual([true, true, false]);
    expect(findDoubtful([false, true].map((isPartial) => ({ cost: 0.1, cutFromNext: false, isPartial })))).toEqual([false, true]);
    expect(findDoubtful([0.1, 0.9, 0.1].map((cost, i) => ({ cost, cutFromNext: false, isOddShape: i === 1 })))).toEqual([
      false,
      true,
      false,
    ]);
    // A piece that is hardly a character: what stands apart beside it may be two.
    const beside = [0.05, 1.4, 0.1, 0.05].map((cost, i) => ({ cost, cutFromNext: i === 1 }));
    expect(findDoubtful(beside)).toEqual([true, true, true, false]);
  });

  it("joins a broken character", () => {
    const field = blank(220, 100);
    fill(field, 40, 30, 6, 20);
    fill(field, 40, 53, 6, 21);
    ring(field, 80, 30);
    const { segments, countMatches } = segmentField(field, { expectedCount: 2, prompt: "10", classifier: toy });
    expect(countMatches).toBe(true);
    expect([segments[0].image.width, segments[0].image.height]).toEqual([6, 44]);
  });

  it("joins a long bar to the character that it stands closer to: it makes nobody two characters wide", () => {
    const field = blank(260, 100);
    ring(field, 20, 30);
    fill(field, 56, 32, 42, 5);
    ring(field, 116, 30);
    const unread: GlyphClassifier = { classes: ["0", "1"], predict: (_images, n) => new Float32Array(2 * n).fill(0.5) };
    const { segments, countMatches } = segmentField(field, { expectedCount: 2, prompt: "00", classifier: unread });
    expect(countMatches).toBe(true);
    expect(segments.map(({ x, image }) => [x, image.width])).toEqual([
      [20, 78],
      [116, 30],
    ]);
  });

  it("says where a digit is oddly wide, which a bar that it touches makes it", () => {
    const field = blank(260, 100);
    ring(field, 100, 30);
    fill(field, 42, 32, 60, 5);
    const surely: GlyphClassifier = {
      classes: ["0", "1"],
      predict: (_images, n) => Float32Array.from({ length: 2 * n }, (_, i) => (i % 2 ? 0.01 : 0.99)),
    };
    const { segments } = segmentField(field, { expectedCount: 1, prompt: "0", classifier: surely });
    expect(segments.map(({ image, isOddShape }) => [image.width, isOddShape])).toEqual([[88, true]]);
  });

  /** Of a field by its shapes alone: whether each is in doubt. */
  const doubtsOf = (field: BinaryImage, prompt: string, classifier?: GlyphClassifier): boolean[] =>
    findDoubtful(segmentField(field, { expectedCount: prompt.length, prompt, classifier }).segments);

  it("doubts a character with dirt beside it, not where it is read as the prompt's only with what stands apart", () => {
    const field = blank(220, 100);
    ring(field, 20, 34);
    ring(field, 90, 34);
    fill(field, 160, 34, 6, 44);
    expect(doubtsOf(field, "001", toy)).toEqual([false, false, false]);
    fill(field, 100, 16, 8, 8);
    expect(doubtsOf(field, "001", toy)).toEqual([false, true, false]);
    // Reads a 1 where a row without ink lies between others, or always.
    const reads = (always: boolean): GlyphClassifier => ({
      classes: ["0", "1"],
      predict: (images, n) =>
        Float32Array.from({ length: 2 * n }, (_, i) => {
          const image = images.subarray((i >> 1) * 784, ((i >> 1) + 1) * 784);
          const inked = Array.from({ length: 28 }, (_row, y) =>
            image.subarray(y * 28, (y + 1) * 28).some((value) => value > 0) ? "#" : ".",
          );
          const isOne = always || /#\.+#/.test(inked.join(""));
          return isOne === (i % 2 === 1) ? 0.98 : 0.02;
        }),
    });
    const alone = blank(80, 100);
    ring(alone, 20, 40);
    fill(alone, 30, 18, 8, 10);
    expect([false, true].map((always) => doubtsOf(alone, "1", reads(always)))).toEqual([[false], [true]]);
  });

  it("doubts both where ink that stands apart in one may be the other's, and whoever stands beside a stroke that nobody has", () => {
    const field = blank(220, 100);
    ring(field, 20, 30);
    ring(field, 90, 30);
    fill(field, 56, 30, 4, 12);
    ring(field, 150, 30);
    expect(doubtsOf(field, "000", toy)[2]).toBe(false);
    expect(doubtsOf(field, "000", toy).slice(0, 2)).toContain(true);
  });

  it("doubts an i or j without a dot", () => {
    const field = blank(300, 100);
    for (const x of [30, 90, 150, 210]) fill(field, x, 46, 6, 34);
    fill(field, 90, 30, 7, 7);
    fill(field, 150, 30, 7, 7);
    expect(doubtsOf(field, "lijl")).toEqual([false, false, false, false]);
    const bare = blank(300, 100);
    for (const x of [30, 90, 150, 210]) fill(bare, x, 46, 6, 34);
    fill(bare, 90, 30, 7, 7);
    expect(doubtsOf(bare, "lijl")).toEqual([false, false, true, false]);
  });

  it("keeps characters that stand far apart", () => {
    const field = blank(700, 100);
    for (const x of [20, 240, 480]) ring(field, x, 30);
    const { segments, countMatches } = segmentField(field, { expectedCount: 3, prompt: "000", classifier: toy });
    expect(countMatches).toBe(true);
    expect(segments.map(({ x }) => x)).toEqual([20, 240, 480]);
  });

  it.each([
    ["left out", "0101"],
    ["added", "01"],
  ])("reports what was %s instead of forcing the count", (_what, prompt) => {
    const field = blank(300, 100);
    ring(field, 20, 30);
    fill(field, 80, 28, 6, 46);
    ring(field, 120, 33);
    const { segments, countMatches } = segmentField(field, { expectedCount: prompt.length, prompt, classifier: toy });
    expect(countMatches).toBe(false);
    expect(segments).toHaveLength(3);
  });

  it("groups letters by shape: dots belong to what is below them", () => {
    const field = blank(400, 100);
    for (const [i, x] of [20, 80, 140, 200, 260].entries()) {
      if (i === 2) {
        fill(field, x, 46, 6, 28);
        fill(field, x, 30, 7, 8);
      } else ring(field, x, 30);
    }
    const { segments, countMatches } = segmentField(field, { expectedCount: 5 });
    expect(countMatches).toBe(true);
    expect(segments[2].image.height).toBe(44);
  });

  it("has no glyphs in an empty field", () => {
    expect(segmentField(blank(50, 50), { expectedCount: 2 })).toEqual({ segments: [], countMatches: false, guessed: false });
  });

  it("refuses a prompt of another length", () => {
    expect(() => segmentField(blank(5, 5), { expectedCount: 2, prompt: "1" })).toThrow(/expectedCount = 2/);
  });
});
