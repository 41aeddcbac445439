import { describe, expect, it } from "vitest";
import { createAugmenter } from "../../../lib/mlp/augment/create-augmenter.ts";
import { drawMotion } from "../../../lib/mlp/augment/draw-motion.ts";
import { limitsFor } from "../../../lib/mlp/augment/limits.ts";
import { buildNoiseBank } from "../../../lib/mlp/augment/noise-bank.ts";
import { planDistortion } from "../../../lib/mlp/augment/plan-distortion.ts";
import { previewAugmentation } from "../../../lib/mlp/augment/preview-augmentation.ts";
import { distortImagesReference } from "../../../lib/mlp/kernels/distort-images.reference.ts";
import { MOTION_LENGTH, NOISE_SIDE, NOISE_UNIT } from "../../../lib/mlp/kernels/kernels.ts";
import { referenceKernels } from "../../../lib/mlp/kernels/reference-kernels.ts";

const STILL = { rotationDeg: 0, scale: 0, shear: 0, shiftPx: 0, elasticPx: 0 };

/** A vertical bar of ink, 4 px wide, 18 px high. */
const BAR = Uint8Array.from({ length: 784 }, (_, k) => {
  const [y, x] = [Math.floor(k / 28), k % 28];
  return x >= 12 && x < 16 && y >= 5 && y < 23 ? 255 : 0;
});

function distort(limits: typeof STILL, seed: number, noise: Int16Array | null = null): Float32Array {
  const values = new Float32Array(784);
  const motions = new Float64Array(MOTION_LENGTH);
  drawMotion(motions, 0, { side: 28, limits, seed });
  distortImagesReference(values, BAR, { B: 1, side: 28, motions, noise });
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

describe("distortion", () => {
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

  it("turns by angles whose sine and cosine are right to 1e-9", () => {
    const motion = new Float64Array(MOTION_LENGTH);
    for (const rotationDeg of [6, 12, 45, 89.9]) {
      for (let seed = 0; seed < 100; seed++) {
        drawMotion(motion, 0, { side: 28, limits: { ...STILL, rotationDeg }, seed });
        const [, , cos, minusSin, sin, cosAgain] = motion;
        const angle = Math.atan2(sin!, cos!);
        expect(Math.abs(angle) * (180 / Math.PI)).toBeLessThanOrEqual(rotationDeg + 1e-6);
        expect(sin! ** 2 + cos! ** 2).toBeCloseTo(1, 12);
        expect([minusSin, cosAgain]).toEqual([-sin!, cos]);
      }
    }
  });

  it("draws every amount evenly and by itself", () => {
    const limits = { rotationDeg: 12, scale: 0.12, shear: 0.1, shiftPx: 1.2, elasticPx: 1.2 };
    const N = 4000;
    const motions = new Float64Array(N * MOTION_LENGTH);
    for (let n = 0; n < N; n++) drawMotion(motions, n, { side: 28, limits, seed: n });
    const shifts = [0, 1].map((k) => Array.from({ length: N }, (_, n) => (motions[n * MOTION_LENGTH + k]! - 13.5) / 1.2));
    const windows = [7, 8].map((k) => Array.from({ length: N }, (_, n) => motions[n * MOTION_LENGTH + k]!));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / N;
    for (const shift of shifts) {
      expect(mean(shift)).toBeCloseTo(0, 1);
      expect(mean(shift.map((value) => value ** 2))).toBeCloseTo(1 / 3, 1);
      for (let part = -1; part < 1; part += 0.25) {
        expect(shift.filter((value) => value >= part && value < part + 0.25).length / N).toBeCloseTo(1 / 8, 1);
      }
    }
    expect(mean(shifts[0]!.map((value, n) => value * shifts[1]![n]!))).toBeCloseTo(0, 1);
    for (const window of windows) {
      expect(Math.max(...window.map((at) => at % NOISE_SIDE))).toBe(NOISE_SIDE - 28);
      expect(Math.max(...window.map((at) => Math.floor(at / NOISE_SIDE)))).toBe(NOISE_SIDE - 28);
      expect(Math.min(...window.map((at) => at % NOISE_SIDE))).toBe(0);
    }
  });
});

describe("noise bank", () => {
  const bank = Float64Array.from(buildNoiseBank(7), (value) => value / NOISE_UNIT);
  it("has mean 0, standard deviation 1 and is smooth, also over its edges", () => {
    const mean = bank.reduce((s, v) => s + v, 0) / bank.length;
    const variance = bank.reduce((s, v) => s + v * v, 0) / bank.length;
    expect(mean).toBeCloseTo(0, 4);
    expect(variance).toBeCloseTo(1, 4);
    // Neighbours differ by sqrt(2 - 2 r), r the correlation of the three boxes with themselves one place on; some 1000 independent values.
    let step = 0;
    for (let y = 0; y < NOISE_SIDE; y++)
      for (let x = 0; x < NOISE_SIDE; x++) step += (bank[y * NOISE_SIDE + x]! - bank[y * NOISE_SIDE + ((x + 1) % NOISE_SIDE)]!) ** 2;
    expect(Math.abs(Math.sqrt(step / bank.length) / 0.1503 - 1)).toBeLessThan(0.06);
  });
  it("is the same for a seed", () => {
    expect(buildNoiseBank(7)).toEqual(Int16Array.from(bank, (value) => value * NOISE_UNIT));
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

  it("takes a strength, amount by amount", () => {
    expect(limitsFor("1", "elastic", { rotationDeg: 2, elasticPx: 0.5 })).toEqual({
      ...limitsFor("1", "elastic"),
      rotationDeg: 12,
      elasticPx: 0.6,
    });
    expect(limitsFor("4", "affine", { elasticPx: 2 })!.elasticPx).toBe(0);
  });

  it("draws by seed, epoch and example, and nothing else", () => {
    const draw = (seed: number, epoch: number, example: number, b = 0): string => {
      const augmenter = createAugmenter(referenceKernels, "elastic", { classes: ["3"], pixels: 784, B: 3, seed });
      const x = new Float64Array(3 * 784);
      const images = new Uint8Array(3 * 784);
      images.set(BAR, b * 784);
      augmenter.draw(b, { label: 0, epoch, example });
      augmenter.fill(x, images, b + 1);
      return x.subarray(b * 784, (b + 1) * 784).join();
    };
    const first = draw(1, 2, 3);
    expect(draw(1, 2, 3, 2)).toBe(first);
    expect(new Set([first, draw(2, 2, 3), draw(1, 3, 3), draw(1, 2, 4), draw(1, 3, 2)]).size).toBe(5);
  });

  it("refuses images that are no square, and too large ones", () => {
    expect(() => planDistortion("affine", 40)).toThrow(/40 inputs are no square/);
    expect(() => planDistortion("elastic", 600 * 600)).toThrow(/at most 512 px, not 600/);
    expect(planDistortion("none", 40)).toBeUndefined();
  });

  it("previews what training would see", () => {
    const preview = previewAugmentation(BAR, "1", { kind: "elastic", count: 5, seed: 3 });
    expect(preview.length).toBe(5 * 784);
    expect(Buffer.compare(preview.subarray(0, 784), preview.subarray(784, 1568))).not.toBe(0);
    expect([...previewAugmentation(BAR, "1", { kind: "none", count: 1, seed: 3 })]).toEqual([...BAR]);
  });
});
