import { describe, expect, it } from "vitest";
import type { Box } from "../../../lib/core/geometry.ts";
import type { IsolatedInk } from "../../../lib/page/isolate-boxes.ts";
import { leaveOutStrays } from "../../../lib/page/leave-out-strays.ts";

/** A box of 10 x 12 mm at 300 dpi that begins at (20, 30) of the page, and ink around it. */
const BOX: Box = [20, 30, 118, 142];
const [W, H] = [180, 200];

/** Ink of filled rectangles, `[x, y, width, height]` in px of the page, tight as a box's ink is. */
function inked(...rects: readonly Box[]): IsolatedInk {
  const x0 = Math.min(...rects.map((rect) => rect[0]));
  const y0 = Math.min(...rects.map((rect) => rect[1]));
  const width = Math.max(...rects.map((rect) => rect[0] + rect[2])) - x0;
  const height = Math.max(...rects.map((rect) => rect[1] + rect[3])) - y0;
  expect(x0 + width <= W && y0 + height <= H).toBe(true);
  const data = new Uint8Array(width * height);
  for (const [x, y, w, h] of rects)
    for (let row = y; row < y + h; row++) data.fill(1, (row - y0) * width + x - x0, (row - y0) * width + x - x0 + w);
  return { image: { width, height, data }, bounds: [x0, y0, width, height] };
}

const stem: Box = [70, 60, 6, 80];
const speck: Box = [110, 60, 6, 6];

describe("what of a box's ink is its character", () => {
  it("is all of it where nothing is astray: a broken stroke, a bar apart", () => {
    const ink = inked(stem, [70, 144, 6, 5], [90, 70, 30, 6]);
    expect(leaveOutStrays(ink, BOX, "5")).toEqual({ ink, more: null, doubtful: false });
  });

  it("is not a speck away from it, which may still be told by a reader of both", () => {
    const { ink, more, doubtful } = leaveOutStrays(inked(stem, speck), BOX, "1");
    expect(ink).toEqual(inked(stem));
    expect(more).toEqual(inked(stem, speck));
    expect(doubtful).toBe(true);
  });

  it("is an i's dot above it, not one below", () => {
    const dot: Box = [72, 40, 6, 6];
    expect(leaveOutStrays(inked([70, 70, 6, 60], dot), BOX, "i").ink).toEqual(inked([70, 70, 6, 60], dot));
    expect(leaveOutStrays(inked([70, 50, 6, 60], [72, 150, 6, 6]), BOX, "i").ink).toEqual(inked([70, 50, 6, 60]));
  });

  it("is in doubt where an i has no dot: it may have lain on a printed line", () => {
    const stem: Box = [70, 70, 6, 60];
    expect(leaveOutStrays(inked(stem), BOX, "i")).toEqual({ ink: inked(stem), more: null, doubtful: true });
    expect(leaveOutStrays(inked(stem, [72, 40, 6, 6]), BOX, "i").doubtful).toBe(false);
    expect(leaveOutStrays(inked(stem), BOX, "l").doubtful).toBe(false);
  });

  it("is not a mark outside the box that does not touch it", () => {
    expect(leaveOutStrays(inked(stem, [60, 8, 40, 6]), BOX, "1")).toEqual({ ink: inked(stem), more: null, doubtful: false });
    const touching = inked([70, 20, 6, 80]);
    expect(leaveOutStrays(touching, BOX, "1").ink).toEqual(touching);
  });

  it("is neither a hair nor what is left of the box's line", () => {
    const hair: Box = [100, 90, 2, 50];
    const line: Box = [24, 29, 100, 4];
    const scrap: Box = [30, 170, 20, 4];
    expect(leaveOutStrays(inked(stem, hair, line), BOX, "1")).toEqual({ ink: inked(stem), more: null, doubtful: false });
    expect(leaveOutStrays(inked(stem, scrap), BOX, "1").ink).toEqual(inked(stem));
    const corner: readonly Box[] = [
      [18, 10, 4, 164],
      [18, 170, 60, 4],
    ];
    expect(leaveOutStrays(inked(stem, ...corner), BOX, "1").ink).toEqual(inked(stem));
    const short: readonly Box[] = [
      [18, 140, 4, 34],
      [18, 170, 14, 4],
    ];
    expect(leaveOutStrays(inked(stem, ...short), BOX, "1").ink).toEqual(inked(stem));
  });

  it("is a thin pen's stroke: a hair is thin beside the character's own", () => {
    const ink = inked([70, 60, 3, 80], [100, 90, 2, 50]);
    expect(leaveOutStrays(ink, BOX, "1").ink).toEqual(ink);
  });

  it("is nothing where there is a speck alone, and in doubt where specks may be a stroke", () => {
    expect(leaveOutStrays(inked(speck), BOX, "1")).toEqual({ ink: null, more: null, doubtful: false });
    const dotted = inked([70, 60, 5, 6], [70, 80, 5, 6], [70, 100, 5, 6], [70, 120, 5, 6]);
    expect(leaveOutStrays(dotted, BOX, "1")).toEqual({ ink: dotted, more: null, doubtful: true });
  });

  it("is in doubt where all of it stands outside the box", () => {
    const beside = inked([70, 2, 6, 26]);
    expect(leaveOutStrays(beside, BOX, "1")).toEqual({ ink: beside, more: null, doubtful: true });
  });

  it("is all of it where a mark is asked for", () => {
    const ink = inked([60, 80, 20, 4], [60, 95, 20, 4], speck);
    expect(leaveOutStrays(ink, BOX, "=")).toEqual({ ink, more: null, doubtful: false });
  });
});
