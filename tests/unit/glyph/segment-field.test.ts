import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { type Cut, findCuts, isLeftOf } from "../../../lib/glyph/find-cuts.ts";
import { findDoubtful } from "../../../lib/glyph/find-doubtful.ts";
import { segmentField } from "../../../lib/glyph/segment-field.ts";
import type { GlyphClassifier } from "../../../lib/glyph/segment-options.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../../lib/mlp/to-classifier.ts";
import { toBinary } from "../../../lib/simulate/ink-mask.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { writeLine } from "../../../lib/simulate/write-line.ts";

function blank(width: number, height: number): BinaryImage {
  return { width, height, data: new Uint8Array(width * height) };
}

function fill(image: BinaryImage, x: number, y: number, w: number, h: number): void {
  for (let row = y; row < y + h; row++) image.data.fill(1, row * image.width + x, row * image.width + x + w);
}

/** A ring like a 0, strokes of 6 px. */
function ring(image: BinaryImage, x: number, y: number, w = 30, h = 44): void {
  fill(image, x, y, w, 6);
  fill(image, x, y + h - 6, w, 6);
  fill(image, x, y, 6, h);
  fill(image, x + w - 6, y, 6, h);
}

function ink(image: BinaryImage): number {
  return image.data.reduce((sum, value) => sum + value, 0);
}

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

describe("findCuts", () => {
  const scale = { strokePx: 6, heightPx: 44, maxCuts: 20 };

  /** Ink on one side of a cut, shared ink counting for both. */
  function sideOf(mask: BinaryImage, { side }: Cut, which: 0 | 1): BinaryImage {
    return { ...mask, data: mask.data.map((v, i) => (v === 1 && ((side[i] & 1) === which || side[i] > 1) ? 1 : 0)) };
  }

  function agreement(a: BinaryImage, b: BinaryImage): number {
    const both = a.data.reduce((sum, v, i) => sum + (v & b.data[i]), 0);
    return both / (ink(a) + ink(b) - both);
  }

  it("finds the bridge between two rings", () => {
    const mask = blank(68, 44);
    ring(mask, 0, 0);
    fill(mask, 30, 20, 8, 6);
    ring(mask, 38, 0);
    const { cuts } = findCuts(mask, scale);
    const left = blank(68, 44);
    ring(left, 0, 0);
    expect(Math.max(...cuts.map((cut) => agreement(sideOf(mask, cut, 0), left)))).toBeGreaterThan(0.9);
  });

  it("parts a bar from an upright stroke along that stroke's side, wherever the columns of least ink are", () => {
    // A 1 whose stem a ring touches with its upper and its lower bar: every column right of the stem but the ring's inside has as much ink.
    const mask = blank(46, 44);
    fill(mask, 0, 0, 6, 44);
    const right = blank(46, 44);
    for (const image of [mask, right]) {
      fill(image, 6, 4, 34, 6);
      fill(image, 6, 34, 34, 6);
      fill(image, 40, 4, 6, 36);
    }
    const { cuts } = findCuts(mask, scale);
    expect(Math.max(...cuts.map((cut) => agreement(sideOf(mask, cut, 1), right)))).toBeGreaterThan(0.9);
  });

  it("parts a bar drawn lightly from the stroke that it meets", () => {
    // A slope that turns down where a bar of half its thickness meets it: paper reaches into the ink below the bar alone.
    const mask = blank(86, 53);
    const right = blank(86, 53);
    fill(mask, 0, 10, 48, 4);
    for (const image of [mask, right]) {
      for (let y = 0; y < 14; y++) fill(image, 74 - 2 * y, y, 11, 1);
      for (let y = 14; y < 20; y++) fill(image, 46, y, 9, 1);
      fill(image, 45, 20, 7, 27);
      fill(image, 45, 46, 30, 7);
    }
    const { cuts } = findCuts(mask, { strokePx: 8, heightPx: 53, maxCuts: 20 });
    expect(Math.max(...cuts.map((cut) => agreement(sideOf(mask, cut, 1), right)))).toBeGreaterThan(0.9);
  });

  it("gives the middle of a crossing to both strokes", () => {
    const mask = blank(60, 44);
    fill(mask, 27, 0, 6, 44);
    fill(mask, 0, 19, 60, 6);
    const upright = blank(60, 44);
    fill(upright, 27, 0, 6, 44);
    const { cuts } = findCuts(mask, scale);
    // Its left arm lies left, the rest right: the middle is on the way of both.
    const shared = cuts.filter(({ side }) => side[22 * 60 + 30] > 1);
    expect(shared.length).toBeGreaterThan(0);
  });

  it("orders cuts by what lies left of them", () => {
    const mask = blank(106, 44);
    for (const x of [0, 38, 76]) ring(mask, x, 0);
    for (const x of [30, 68]) fill(mask, x, 20, 8, 6);
    const { cuts } = findCuts(mask, scale);
    const first = cuts.find(({ leftEnd, rightStart }) => leftEnd < 40 && rightStart > 25);
    const second = cuts.find(({ leftEnd, rightStart }) => leftEnd > 60 && leftEnd < 80 && rightStart > 60);
    expect(first && second && isLeftOf(first, second)).toBe(true);
    expect(first && second && isLeftOf(second, first)).toBe(false);
  });
});
