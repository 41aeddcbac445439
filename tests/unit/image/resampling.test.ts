import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GrayImage } from "../../../lib/image/images.ts";
import { resampleGray } from "../../../lib/image/resample.ts";
import { rotateGray } from "../../../lib/image/rotate.ts";
import { shrinkGray } from "../../../lib/image/shrink.ts";
import { warpGrayReference } from "../../../lib/image/warp.reference.ts";
import { warpGray } from "../../../lib/image/warp.ts";

const image = fc
  .tuple(fc.integer({ min: 1, max: 23 }), fc.integer({ min: 1, max: 19 }))
  .chain(([width, height]) =>
    fc.uint8Array({ minLength: width * height, maxLength: width * height }).map((data): GrayImage => ({ width, height, data })),
  );
const largeImage = fc.uint8Array({ minLength: 80 * 70, maxLength: 80 * 70 }).map((data): GrayImage => ({ width: 80, height: 70, data }));
const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

describe("warpGray", () => {
  it("equals its plain reference, in the picture, at its edges and beyond them", () => {
    const near = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true });
    const views = fc
      .tuple(
        near(-1.2, 1.2),
        near(-1.2, 1.2),
        near(-20, 30),
        near(-1.2, 1.2),
        near(-1.2, 1.2),
        near(-20, 30),
        near(-2e-3, 2e-3),
        near(-2e-3, 2e-3),
      )
      .map((h) => Float64Array.of(...h, 1));
    // As scans lie: most px of a row come from two rows, some groups of them from three.
    const tilts = fc
      .tuple(
        near(0.6, 1.8),
        near(-0.1, 0.1),
        near(-9, 9),
        near(-0.1, 0.1),
        near(0.6, 1.4),
        near(-9, 9),
        near(-1e-4, 1e-4),
        near(-1e-4, 1e-4),
      )
      .map((h) => Float64Array.of(...h, 1));
    fc.assert(
      fc.property(
        fc.oneof(image, largeImage),
        fc.oneof(views, tilts, fc.constant(identity)),
        fc.integer({ min: 1, max: 50 }),
        (im, view, width) => {
          expect(warpGray(im, view, width, 20).data).toEqual(warpGrayReference(im, view, width, 20).data);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("gives the image back under the identity", () => {
    fc.assert(
      fc.property(image, (im) => {
        expect([...warpGray(im, identity, im.width, im.height).data]).toEqual([...im.data]);
      }),
    );
  });

  it("keeps pixel centres at +0.5: a shift by whole px is exact, beyond the source is white", () => {
    const im = { width: 3, height: 1, data: Uint8Array.of(10, 20, 30) };
    expect([...warpGray(im, Float64Array.of(1, 0, 1, 0, 1, 0, 0, 0, 1), 4, 1).data]).toEqual([20, 30, 255, 255]);
  });

  it("interpolates half-way between pixels", () => {
    const im = { width: 3, height: 3, data: Uint8Array.of(0, 100, 200, 0, 100, 200, 0, 100, 200) };
    expect(warpGray(im, Float64Array.of(1, 0, 0.5, 0, 1, 0, 0, 0, 1), 1, 3).data[1]).toBe(50);
  });

  it("does not alias: alternate black and white lines at 600 dpi become even grey at 300 dpi", () => {
    const width = 64;
    const im = { width, height: width, data: Uint8Array.from({ length: width * width }, (_, i) => (Math.floor(i / width) % 2 ? 255 : 0)) };
    const half = warpGray(im, Float64Array.of(2, 0, 0, 0, 2, 0, 0, 0, 1), 32, 32);
    for (let y = 2; y < 30; y++) expect(Math.abs(half.data[y * 32 + 16] - 128)).toBeLessThanOrEqual(1);
  });

  it("follows a perspective: a point drawn in the source is found where the inverse map puts it", () => {
    const width = 200;
    const data = new Uint8Array(width * width).fill(255);
    for (let y = 118; y < 123; y++) for (let x = 88; x < 93; x++) data[y * width + x] = 0;
    const h = Float64Array.of(1.1, 0.05, 3, -0.04, 1.05, 6, 2e-4, 1e-4, 1);
    const out = warpGray({ width, height: width, data }, h, width, width);
    let [sx, sy, s] = [0, 0, 0];
    out.data.forEach((value, i) => {
      sx += (255 - value) * ((i % width) + 0.5);
      sy += (255 - value) * (Math.floor(i / width) + 0.5);
      s += 255 - value;
    });
    const [x, y] = [sx / s, sy / s];
    const w = h[6] * x + h[7] * y + 1;
    expect((h[0] * x + h[1] * y + h[2]) / w).toBeCloseTo(90.5, 1);
    expect((h[3] * x + h[4] * y + h[5]) / w).toBeCloseTo(120.5, 1);
  });
});

describe("shrinkGray and resampleGray", () => {
  // The widest is shrunk in several strips.
  const several = { width: 4001, height: 103, data: Uint8Array.from({ length: 4001 * 103 }, (_, i) => (i * i) >> 7) };

  it("shrink by whole blocks' means, rounded, and leave the rest out", () => {
    fc.assert(
      fc.property(fc.oneof(image, largeImage), fc.integer({ min: 2, max: 3 }), (im, factor) => {
        fc.pre(im.width >= factor && im.height >= factor);
        expect(shrinkGray(im, factor)).toEqual(blockMeans(im, factor));
      }),
    );
    expect(shrinkGray(several, 2)).toEqual(blockMeans(several, 2));
  });

  function blockMeans(im: GrayImage, factor: number): GrayImage {
    const [width, height] = [Math.floor(im.width / factor), Math.floor(im.height / factor)];
    const data = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = 0; k < factor * factor; k++)
          sum += im.data[(factor * y + Math.floor(k / factor)) * im.width + factor * x + (k % factor)];
        data[y * width + x] = Math.floor((sum + Math.floor(factor ** 2 / 2)) / factor ** 2);
      }
    }
    return { width, height, data };
  }

  it("agree where the size is a whole multiple", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.uint8Array({ minLength: 48 * 16, maxLength: 48 * 16 }), (factor, data) => {
        const im = { width: 4 * factor, height: 4 * factor, data: data.subarray(0, 16 * factor * factor) };
        const a = shrinkGray(im, factor).data;
        const b = resampleGray(im, 4, 4).data;
        for (const [i, value] of a.entries()) expect(Math.abs(value - b[i])).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("keep the mean", () => {
    fc.assert(
      fc.property(image, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (im, width, height) => {
        const mean = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(Math.abs(mean(resampleGray(im, width, height).data) - mean(im.data))).toBeLessThan(1);
      }),
    );
  });
});

describe("rotateGray", () => {
  it("turns clockwise, and four quarter turns are none", () => {
    const im = { width: 2, height: 1, data: Uint8Array.of(1, 2) };
    expect(rotateGray(im, 1)).toEqual({ width: 1, height: 2, data: Uint8Array.of(1, 2) });
    expect(rotateGray(im, 2).data).toEqual(Uint8Array.of(2, 1));
    expect(rotateGray(im, 3)).toEqual({ width: 1, height: 2, data: Uint8Array.of(2, 1) });
    fc.assert(
      fc.property(image, (any) => {
        expect(rotateGray(rotateGray(rotateGray(rotateGray(any, 1), 1), 1), 1)).toEqual(any);
        expect(rotateGray(rotateGray(any, 3), 1)).toEqual(any);
      }),
    );
  });
});
