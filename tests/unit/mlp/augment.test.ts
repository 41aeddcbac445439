import { describe, expect, it } from "vitest";
import { createAugmenter } from "../../../lib/mlp/augment/create-augmenter.ts";
import { distortImage } from "../../../lib/mlp/augment/distort-image.ts";
import { limitsFor } from "../../../lib/mlp/augment/limits.ts";
import { BANK_SIDE, buildNoiseBank } from "../../../lib/mlp/augment/noise-bank.ts";
import { previewAugmentation } from "../../../lib/mlp/augment/preview-augmentation.ts";

const STILL = { rotationDeg: 0, scale: 0, shear: 0, shiftPx: 0, elasticPx: 0 };
const NONE = new Float32Array(0);

/** A vertical bar of ink, 4 px wide, 18 px high. */
const BAR = Uint8Array.from({ length: 784 }, (_, k) => {
  const [y, x] = [Math.floor(k / 28), k % 28];
  return x >= 12 && x < 16 && y >= 5 && y < 23 ? 255 : 0;
});

function distort(limits: typeof STILL, seed: number, bank: Float32Array = NONE): Float32Array {
  const values = new Float32Array(784);
  distortImage({ values, at: 0 }, BAR, 28, { limits, bank, seed });
  return values;
}

/** Ink, centre of mass and the direction of its long axis (degrees from upright). */
function moments(values: Float32Array) {
  let [m, mx, my] = [0, 0, 0];
  values.forEach((v, k) => {
    m += v;
    mx += v * (k % 28);
    my += v * Math.floor(k / 28);
  });
  const [cx, cy] = [mx / m, my / m];
  let [xx, xy, yy] = [0, 0, 0];
  values.forEach((v, k) => {
    const [u, w] = [(k % 28) - cx, Math.floor(k / 28) - cy];
    xx += v * u * u;
    xy += v * u * w;
    yy += v * w * w;
  });
  return { m, cx, cy, tiltDeg: (Math.atan2(2 * xy, yy - xx) / 2) * (180 / Math.PI) };
}

describe("distortImage", () => {
  it("with all limits 0 copies the image", () => {
    expect([...distort(STILL, 1)]).toEqual([...BAR].map((v) => v / 255));
  });

  it("stays within its limits, and uses them", () => {
    const still = moments(distort(STILL, 0));
    const amounts = Array.from({ length: 200 }, (_, seed) => {
      const turned = moments(distort({ ...STILL, rotationDeg: 12 }, seed));
      const moved = moments(distort({ ...STILL, shiftPx: 1.2 }, seed));
      const scaled = moments(distort({ ...STILL, scale: 0.12 }, seed));
      return { turn: Math.abs(turned.tiltDeg), shift: Math.abs(moved.cx - still.cx), growth: Math.abs(scaled.m / still.m - 1) };
    });
    const largest = (key: "turn" | "shift" | "growth") => Math.max(...amounts.map((a) => a[key]));
    expect(largest("turn")).toBeGreaterThan(10);
    expect(largest("turn")).toBeLessThan(12.5);
    expect(largest("shift")).toBeGreaterThan(1.1);
    expect(largest("shift")).toBeLessThan(1.25);
    expect(largest("growth")).toBeLessThan(0.32);
    expect(largest("growth")).toBeGreaterThan(0.15);
  });

  it("draws sparsely: values below 0.03 are zero, all are in [0, 1]", () => {
    const bank = buildNoiseBank(1);
    for (let seed = 0; seed < 50; seed++) {
      for (const v of distort(limitsFor("3", "elastic")!, seed, bank)) expect(v === 0 || (v >= 0.0299 && v <= 1.0001)).toBe(true);
    }
  });

  it("keeps to the image at its edges", () => {
    const full = new Uint8Array(9).fill(255);
    for (let seed = 0; seed < 50; seed++) {
      const values = new Float32Array(11).fill(-1);
      distortImage({ values, at: 1 }, full, 3, { limits: { ...STILL, shiftPx: 4, rotationDeg: 45 }, bank: NONE, seed });
      expect([values[0], values[10]]).toEqual([-1, -1]);
      for (const v of values.subarray(1, 10)) expect(v >= 0 && v <= 1.0001).toBe(true);
    }
  });
});

describe("noise bank", () => {
  const bank = buildNoiseBank(7);
  it("has mean 0, standard deviation 1 and is smooth, also over its edges", () => {
    const mean = bank.reduce((s, v) => s + v, 0) / bank.length;
    const variance = bank.reduce((s, v) => s + v * v, 0) / bank.length;
    expect(mean).toBeCloseTo(0, 5);
    expect(variance).toBeCloseTo(1, 4);
    // Neighbours of noise blurred with sigma correlate by exp(-1 / (4 sigma^2)) = 0.988, so they differ by 0.157 (rms).
    let step = 0;
    for (let y = 0; y < BANK_SIDE; y++)
      for (let x = 0; x < BANK_SIDE; x++) step += (bank[y * BANK_SIDE + x]! - bank[y * BANK_SIDE + ((x + 1) % BANK_SIDE)]!) ** 2;
    expect(Math.sqrt(step / bank.length)).toBeCloseTo(0.157, 2);
  });
  it("is the same for a seed", () => {
    expect(buildNoiseBank(7)).toEqual(bank);
  });
});

describe("createAugmenter", () => {
  it("turns a 1 and a 7 half as far as other digits", () => {
    expect(limitsFor("1", "affine")!.rotationDeg).toBe(6);
    expect(limitsFor("7", "elastic")!.rotationDeg).toBe(6);
    expect(limitsFor("4", "elastic")).toMatchObject({ rotationDeg: 12, elasticPx: 1.2 });
    expect(limitsFor("4", "affine")!.elasticPx).toBe(0);
    expect(limitsFor("4", "none")).toBeNull();
  });

  it("draws by seed, epoch and example, and nothing else", () => {
    const draw = (seed: number, epoch: number, example: number): string => {
      const augment = createAugmenter("elastic", { classes: ["3"], pixels: 784, seed });
      const values = new Float32Array(784);
      augment({ values, at: 0 }, BAR, { label: 0, epoch, example });
      return values.join();
    };
    const first = draw(1, 2, 3);
    expect(draw(1, 2, 3)).toBe(first);
    expect(new Set([first, draw(2, 2, 3), draw(1, 3, 3), draw(1, 2, 4), draw(1, 3, 2)]).size).toBe(5);
  });

  it("previews what training would see", () => {
    const preview = previewAugmentation(BAR, "1", { kind: "elastic", count: 5, seed: 3 });
    expect(preview.length).toBe(5 * 784);
    expect(Buffer.compare(preview.subarray(0, 784), preview.subarray(784, 1568))).not.toBe(0);
    expect([...previewAugmentation(BAR, "1", { kind: "none", count: 1, seed: 3 })]).toEqual([...BAR]);
  });
});
