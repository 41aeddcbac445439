import { type Floats, MOTION_LENGTH, NOISE_SIDE, NOISE_UNIT } from "../kernels/kernels.ts";
import type { DistortionLimits } from "./limits.ts";
import { placeMotion } from "./place-motion.ts";

const RADIANS_PER_DEGREE = 0.017453292519943295;

/**
 * Draws how an image is distorted and writes it as motion b: `placeMotion`'s, and two windows of the noise. Only + - * / and square roots: the same on every machine.
 * @param seed of this example in this epoch
 */
export function drawMotion(motions: Floats, b: number, options: { side: number; limits: DistortionLimits; seed: number }): void {
  const { side, limits, seed } = options;
  const places = NOISE_SIDE - side + 1;
  const at = b * MOTION_LENGTH;
  placeMotion(motions, b, {
    side,
    sin: sineOf(limits.rotationDeg * RADIANS_PER_DEGREE * signedAt(seed, 0)),
    scaleX: 1 + limits.scale * signedAt(seed, 1),
    scaleY: 1 + limits.scale * signedAt(seed, 2),
    shear: limits.shear * signedAt(seed, 3),
    shiftX: limits.shiftPx * signedAt(seed, 4),
    shiftY: limits.shiftPx * signedAt(seed, 5),
  });
  motions[at + 6] = limits.elasticPx / NOISE_UNIT;
  // Windows that lie wholly in the noise.
  motions[at + 7] = Math.floor(places * unitAt(seed, 6)) * NOISE_SIDE + Math.floor(places * unitAt(seed, 7));
  motions[at + 8] = Math.floor(places * unitAt(seed, 8)) * NOISE_SIDE + Math.floor(places * unitAt(seed, 9));
}

/** Number k of a seed, uniform in [0, 1): splitmix32, which needs no state. A generator that is set up for ten numbers takes six times as long. */
function unitAt(seed: number, k: number): number {
  let z = (seed + Math.imul(k + 1, 0x9e3779b9)) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return ((z ^ (z >>> 15)) >>> 0) / 4294967296;
}

/** Likewise, in [-1, 1). */
function signedAt(seed: number, k: number): number {
  return 2 * unitAt(seed, k) - 1;
}

/** sin(x) for |x| <= pi / 2, by its series to x^13: 6e-10 at worst. Math.sin may differ from machine to machine. */
function sineOf(x: number): number {
  const s = x * x;
  return x * (1 - (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - (s / 72) * (1 - (s / 110) * (1 - s / 156))))));
}
