import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { normalizeGlyphReference } from "../../../lib/glyph/normalize-glyph.reference.ts";
import { NORMALIZATION_VERSION, normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import { normalizeInk } from "../../../lib/glyph/normalize-ink.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";

function picture(rows: string[]): BinaryImage {
  return { width: rows[0].length, height: rows.length, data: Uint8Array.from(rows.join(""), (c) => (c === "#" ? 1 : 0)) };
}

function solid(width: number, height: number): BinaryImage {
  return { width, height, data: new Uint8Array(width * height).fill(1) };
}

/** A digit-like shape: a thick random walk with two or three turns, 30 to 70 px high. */
function strokes(rng: Rng): BinaryImage {
  const height = 40 + rng.int(40);
  const width = 20 + rng.int(50);
  const data = new Uint8Array(width * height);
  const radius = 2 + rng.int(3);
  let x = rng.between(radius + 1, width - radius - 1);
  let y = radius + 1;
  let direction = rng.between(0, Math.PI);
  for (let step = 0; step < 90; step++) {
    direction += rng.between(-0.3, 0.3);
    x = Math.max(radius, Math.min(width - radius - 1, x + Math.cos(direction)));
    y = Math.max(radius, Math.min(height - radius - 1, y + Math.sin(direction)));
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        if (dx * dx + dy * dy <= radius * radius) data[Math.round(y + dy) * width + Math.round(x + dx)] = 1;
      }
    }
  }
  return { width, height, data };
}

function extent(image: Uint8Array): { rows: number; columns: number; massY: number; massX: number; max: number } {
  let top = 28;
  let bottom = -1;
  let left = 28;
  let right = -1;
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  let max = 0;
  image.forEach((value, k) => {
    if (value === 0) return;
    const y = Math.floor(k / 28);
    const x = k % 28;
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    left = Math.min(left, x);
    right = Math.max(right, x);
    sum += value;
    sumX += value * (x + 0.5);
    sumY += value * (y + 0.5);
    max = Math.max(max, value);
  });
  return { rows: bottom - top + 1, columns: right - left + 1, massY: sumY / sum, massX: sumX / sum, max };
}

describe("normalizeGlyph", () => {
  it("names its recipe", () => expect(NORMALIZATION_VERSION).toBe("mnist-1"));

  it("has on digit-like shapes what MNIST's 60,000 training images have", () => {
    const rng = new Rng(7);
    let full = 0;
    let massY = 0;
    let massX = 0;
    const count = 400;
    for (let n = 0; n < count; n++) {
      const { rows, columns, massX: mx, massY: my, max } = extent(normalizeGlyph(strokes(rng)));
      expect(Math.max(rows, columns)).toBeGreaterThanOrEqual(19);
      expect(Math.max(rows, columns)).toBeLessThanOrEqual(20);
      for (const mass of [mx, my]) {
        expect(mass).toBeGreaterThan(13.98);
        expect(mass).toBeLessThanOrEqual(15);
      }
      expect(max).toBeGreaterThanOrEqual(254);
      if (Math.max(rows, columns) === 20) full++;
      massX += mx / count;
      massY += my / count;
    }
    expect(full / count).toBeGreaterThan(0.99);
    expect(Math.abs(massX - 14.5)).toBeLessThan(0.06);
    expect(Math.abs(massY - 14.5)).toBeLessThan(0.06);
  });

  it("is the reference, bit for bit", () => {
    fc.assert(
      fc.property(
        fc.record({
          width: fc.integer({ min: 1, max: 90 }),
          height: fc.integer({ min: 1, max: 90 }),
          seed: fc.integer(),
          density: fc.double({ min: 0.02, max: 1, noNaN: true }),
        }),
        ({ width, height, seed, density }) => {
          const rng = new Rng(seed);
          const data = Uint8Array.from({ length: width * height }, () => (rng.float() < density ? 1 : 0));
          data[rng.int(data.length)] = 1;
          const glyph = { width, height, data };
          expect(normalizeGlyph(glyph)).toEqual(normalizeGlyphReference(glyph));
          expect(normalizeInk(glyph)).toEqual(normalizeGlyphReference(glyph));
        },
      ),
      { numRuns: 300 },
    );
    const rng = new Rng(1);
    for (let n = 0; n < 100; n++) {
      const glyph = strokes(rng);
      expect(normalizeGlyph(glyph)).toEqual(normalizeGlyphReference(glyph));
      expect(normalizeInk(glyph)).toEqual(normalizeGlyphReference(glyph));
    }
  });

  it.each([
    ["one px", solid(1, 1)],
    ["very wide", solid(200, 3)],
    ["very tall", solid(2, 300)],
    ["side 9, 10, 19, 20, 21", solid(19, 9)],
    ["exactly 20", solid(20, 20)],
    ["more than 20 px a cell", solid(620, 505)],
  ])("%s: fast and reference agree, with ink", (_name, glyph) => {
    const image = normalizeGlyph(glyph);
    expect(image).toEqual(normalizeGlyphReference(glyph));
    expect(normalizeInk(glyph)).toEqual(image);
    expect(extent(image).max).toBeGreaterThanOrEqual(250);
  });

  it("does not depend on where the ink lies", () => {
    const tight = picture(["##.", ".##", "###"]);
    const wide = picture([".......", "..##...", "...##..", "..###..", ".......", "......."]);
    expect(normalizeGlyph(wide)).toEqual(normalizeGlyph(tight));
    expect(normalizeInk(wide)).toEqual(normalizeGlyph(tight));
  });

  it("reproduces hand arithmetic: a 20 x 20 square with one px missing", () => {
    // m = 20, s = 1: no px is split, every cell is 0 or 1, so q is the glyph times 255. Centre of mass of a full square is
    // (10, 10); without the px at (0, 0) it is (10 * 400 - 0.5) / 399 = 10.0238: offsets trunc(4.976) = 4.
    const glyph = solid(20, 20);
    glyph.data[0] = 0;
    const image = normalizeGlyph(glyph);
    const expected = new Uint8Array(784);
    for (let i = 4; i < 24; i++) expected.fill(255, i * 28 + 4, i * 28 + 24);
    expected[4 * 28 + 4] = 0;
    expect(image).toEqual(expected);
  });

  it("reproduces hand arithmetic: a bar of 40 x 4 px", () => {
    // m = 40, s = 0.5, moved up by trunc(36 / 2) = 18: rows 18..21 of the square are ink, that is cells 9 and 10 (two rows a
    // cell, none split since 0.99 * 0.5 < 0.5): each cell gets 4 px of 0.25 = 1. Mass (10, 10): offset trunc(5) = 5.
    const image = normalizeGlyph(solid(40, 4));
    const expected = new Uint8Array(784);
    for (const i of [14, 15]) expected.fill(255, i * 28 + 5, i * 28 + 25);
    expect(image).toEqual(expected);
  });

  it("reproduces hand arithmetic: the 0.99 of a split px", () => {
    // A row of 30 px: m = 30, s = 2/3, moved up by trunc(29 / 2) = 14: row 14 covers x = 10 + 2/3 (14 - 15) = 9.3333 to 9.9933:
    // not split. Columns go in threes: px 0 covers 0 to 0.66 (not split), px 1 0.6667 to 1.3267 (split 0.3333 and 0.3267),
    // px 2 1.3333 to 1.9933 (not split). Cells: 4/9 + 2/9 = 0.6667, then 0.3267 * 2/3 + 4/9 = 0.6622. Strongest 0.6667:
    // q = 255 and floor(0.6622 / 0.6667 * 255 + 0.5) = floor(253.8) = 253.
    const image = normalizeGlyph(solid(30, 1));
    // Mass: rows 9.5 -> offset trunc(5.5) = 5; columns 10 - a little -> offset trunc(5.0x) = 5.
    const row = image.slice((5 + 9) * 28 + 5, (5 + 9) * 28 + 25);
    expect([...row]).toEqual(Array.from({ length: 20 }, (_, k) => (k % 2 === 0 ? 255 : 253)));
    expect(image.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)).toBe(20);
  });

  it("refuses an image without ink", () => {
    const empty = { width: 5, height: 5, data: new Uint8Array(25) };
    expect(() => normalizeGlyph(empty)).toThrow(/must have ink/);
    expect(() => normalizeInk(empty)).toThrow(/must have ink/);
    expect(() => normalizeGlyphReference(empty)).toThrow(/must have ink/);
  });
});
