import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { measureBlocksReference } from "../../../lib/image/measure-blocks.reference.ts";
import { measureBlocks } from "../../../lib/image/measure-blocks.ts";
import { thresholdLocalReference } from "../../../lib/image/threshold-local.reference.ts";
import { thresholdLocal } from "../../../lib/image/threshold-local.ts";
import { thresholdMeanReference } from "../../../lib/image/threshold-mean.reference.ts";
import { thresholdMean } from "../../../lib/image/threshold-mean.ts";

/** Noise, lines and light: more like a scan than uniform noise is. */
function scene(width: number, height: number, seed: number): GrayImage {
  const rng = new Rng(seed);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 150 + (80 * x) / width;
      const ink = (x % 17 < 3 && y % 23 > 4) || (y + x) % 41 < 2;
      data[y * width + x] = Math.max(0, Math.min(255, light * (ink ? 0.4 : 1) + 4 * rng.normal()));
    }
  }
  return { width, height, data };
}

describe("measureBlocks", () => {
  it("equals its plain reference, with blocks cut at the edges and grey of the full range", () => {
    const pictures = fc
      .tuple(fc.integer({ min: 1, max: 21 }), fc.integer({ min: 1, max: 17 }), fc.constantFrom([0, 255], [0, 3], [250, 255]))
      .chain(([width, height, [min, max]]) =>
        fc
          .array(fc.integer({ min, max }), { minLength: width * height, maxLength: width * height })
          .map((values) => ({ width, height, data: Uint8Array.from(values) })),
      );
    fc.assert(
      fc.property(pictures, (im) => {
        expect(measureBlocks(im)).toEqual(measureBlocksReference(im));
      }),
      { numRuns: 300 },
    );
  });

  it("equals it on a picture of several strips, whose sides are no whole number of blocks", () => {
    const im = scene(701, 435, 3);
    expect(measureBlocks(im)).toEqual(measureBlocksReference(im));
    expect(thresholdLocal(im).data).toEqual(thresholdLocalReference(im).data);
  });
});

describe("thresholdLocal", () => {
  it("equals its plain reference at every size", () => {
    for (const [width, height] of [
      [1, 1],
      [3, 5],
      [4, 4],
      [32, 32],
      [33, 31],
      [97, 64],
      [130, 71],
    ]) {
      const im = scene(width, height, width * height);
      expect(thresholdLocal(im).data).toEqual(thresholdLocalReference(im).data);
    }
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20 * 18, maxLength: 20 * 18 }), (data) => {
        const im = { width: 20, height: 18, data };
        expect(thresholdLocal(im).data).toEqual(thresholdLocalReference(im).data);
      }),
    );
  });

  it("finds a pencil line and a black line at their true width under light that falls off by half", () => {
    const width = 240;
    const data = new Uint8Array(width * 100);
    for (let y = 0; y < 100; y++) {
      for (let x = 0; x < width; x++) {
        const paper = 120 + (130 * x) / width;
        data[y * width + x] = paper * (y >= 20 && y < 26 ? 0.15 : y >= 60 && y < 66 ? 0.7 : 1);
      }
    }
    const ink = thresholdLocal({ width, height: 100, data });
    for (let x = 0; x < width; x++) {
      for (const [from, to] of [
        [20, 26],
        [60, 66],
      ]) {
        for (let y = from - 10; y < to + 10; y++) expect(ink.data[y * width + x]).toBe(y >= from && y < to ? 1 : 0);
      }
    }
  });

  it("finds no ink on noisy blank paper", () => {
    const rng = new Rng(4);
    const data = Uint8Array.from({ length: 300 * 300 }, () => 225 + 6 * rng.normal());
    expect(thresholdLocal({ width: 300, height: 300, data }).data.includes(1)).toBe(false);
  });
});

describe("thresholdMean", () => {
  it("equals the definition, at the borders too, and where the window is wider than the picture", () => {
    for (const [width, height, window] of [
      [37, 29, 9],
      [37, 29, 8],
      [9, 40, 31],
      [16, 7, 31],
      [12, 12, 12],
      [1, 1, 3],
      [131, 90, 16],
    ]) {
      const im = scene(width, height, 5);
      expect(thresholdMean(im, window, 0.85).data).toEqual(thresholdMeanReference(im, window, 0.85).data);
    }
  });
});
