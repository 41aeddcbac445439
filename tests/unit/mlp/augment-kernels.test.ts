import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { createAugmenter } from "../../../lib/mlp/augment/create-augmenter.ts";
import { drawMotion } from "../../../lib/mlp/augment/draw-motion.ts";
import { type AugmentationKind, limitsFor } from "../../../lib/mlp/augment/limits.ts";
import { buildNoiseBank } from "../../../lib/mlp/augment/noise-bank.ts";
import { planDistortion } from "../../../lib/mlp/augment/plan-distortion.ts";
import { previewAugmentation } from "../../../lib/mlp/augment/preview-augmentation.ts";
import { distortImagesReference } from "../../../lib/mlp/kernels/distort-images.reference.ts";
import { MOTION_LENGTH, NOISE_SIDE } from "../../../lib/mlp/kernels/kernels.ts";
import { createSimdKernels } from "../../../lib/mlp/kernels/simd/create-simd-kernels.ts";
import { simdOnPlainArrays } from "../../support/simd-on-plain-arrays.ts";

/** Coordinates are float32 in WebAssembly: their rounding, in px, grows with the side, and values follow them by at most 1 a px. */
const toleranceFor = (side: number): number => 3e-7 * Math.max(100, side);
/** As in distort-images.reference.ts: a value that is near it may become zero on one side only. */
const INK_FLOOR = 0.03;
const NOISE = buildNoiseBank(3);

/** @returns how many values differ by more than rounding */
function countDifferent(actual: Float32Array, expected: Float64Array, tolerance: number): number {
  let count = 0;
  actual.forEach((value, k) => {
    const other = expected[k]!;
    const atFloor = (value === 0 || other === 0) && Math.abs(value + other - INK_FLOOR) < tolerance;
    if (!atFloor && !(Math.abs(value - other) < tolerance)) count++;
  });
  return count;
}

/** The pair on B images of random strokes, ink at the border among them, every class with its limits. */
function compare(options: { side: number; B: number; kind: AugmentationKind; strength: number; seed: number }) {
  const { side, B, kind, strength, seed } = options;
  const rng = new Rng(seed);
  const images = Uint8Array.from({ length: B * side * side }, (_, k) => {
    // Every third image is ink all over, up to the border; the others have specks, lines and emptiness.
    const b = Math.floor(k / (side * side));
    if (b % 3 === 0) return 255;
    return rng.float() < (b % 3) * 0.3 ? rng.int(256) : 0;
  });
  const motions = new Float32Array(B * MOTION_LENGTH);
  for (let b = 0; b < B; b++) {
    const usual = limitsFor("017lIg"[b % 6]!, kind)!;
    const limits = {
      ...usual,
      rotationDeg: usual.rotationDeg * strength,
      shiftPx: usual.shiftPx * strength ** 2,
      elasticPx: usual.elasticPx * strength,
    };
    drawMotion(motions, b, { side, limits, seed: seed * 1000 + b });
  }
  const noise = kind === "elastic" ? NOISE : null;
  const fast = new Float32Array(B * side * side + 7).fill(-1);
  const plain = new Float64Array(B * side * side);
  simdOnPlainArrays("separate").distortImages(fast, images, { B, side, motions, noise });
  distortImagesReference(plain, images, { B, side, motions, noise });
  return { different: countDifferent(fast.subarray(0, plain.length), plain, toleranceFor(side)), beyond: fast.subarray(plain.length) };
}

describe("distortImages in WebAssembly gives what the plain one gives", () => {
  const sides = [1, 2, 3, 4, 5, 7, 8, 13, 14, 15, 16, 17, 28, 29, 30, 31, 32, 33, 47, 100];

  it.each(sides)("side %i, usual and wild limits", (side) => {
    for (const kind of ["affine", "elastic"] as const) {
      for (const strength of [1, 3.5]) {
        for (let seed = 0; seed < 5; seed++) {
          const { different, beyond } = compare({ side, B: 7, kind, strength, seed });
          expect(different).toBe(0);
          expect([...beyond]).toEqual(new Array(7).fill(-1));
        }
      }
    }
  });

  it("many seeds at 28 px", () => {
    for (let seed = 10; seed < 30; seed++) expect(compare({ side: 28, B: 24, kind: "elastic", strength: 1, seed }).different).toBe(0);
  });

  it("the largest image, whose window is the whole noise", () => {
    expect(compare({ side: NOISE_SIDE, B: 2, kind: "elastic", strength: 1, seed: 1 }).different).toBe(0);
  });

  it("copies where nothing moves", () => {
    const motions = Float32Array.of(13.5, 13.5, 1, 0, 0, 1, 0, 0, 0);
    const image = Uint8Array.from({ length: 784 }, (_, k) => (k % 3 === 0 ? 8 + (k % 248) : 0));
    const x = new Float32Array(784);
    simdOnPlainArrays("separate").distortImages(x, image, { B: 1, side: 28, motions, noise: null });
    expect([...x]).toEqual([...image].map((v) => Math.fround(v * Math.fround(1 / 255))));
  });
});

describe("a preview", () => {
  it.each(["affine", "elastic"] as const)("shows what the %s kernel gives in training, to the byte", (kind) => {
    const image = Uint8Array.from({ length: 784 }, (_, k) => (k % 28 > 9 && k % 28 < 17 ? 200 : 0));
    const preview = previewAugmentation(image, "7", { kind, count: 4, seed: 9 });
    // As the fifth of other examples, among other classes, in a batch of another size.
    const kernels = createSimdKernels({ sizes: [784, 10], B: 20, training: true, distortion: planDistortion(kind, 784) });
    const augmenter = createAugmenter(kernels, kind, { classes: [..."0123456789"], pixels: 784, B: 20, seed: 9 });
    const x = kernels.allocate(20 * 784);
    const images = kernels.allocateBytes(20 * 784);
    for (let epoch = 0; epoch < 4; epoch++) {
      images.set(image, 5 * 784);
      augmenter.draw(5, { label: 7, epoch, example: 0 });
      augmenter.fill(x, images, 20);
      const shown = preview.subarray(epoch * 784, (epoch + 1) * 784);
      expect([...shown]).toEqual([...x.subarray(5 * 784, 6 * 784)].map((value) => Math.round(value * 255)));
    }
  });
});
