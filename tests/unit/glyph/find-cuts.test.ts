import { describe, expect, it } from "vitest";
import { type Cut, findCuts, isLeftOf } from "../../../lib/glyph/find-cuts.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { blank, fill, ink, ring } from "../../support/draw-ink.ts";

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
