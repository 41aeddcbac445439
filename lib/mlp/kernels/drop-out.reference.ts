import { slopeAt } from "./forward-layer.reference.ts";
import type { DropoutOptions, Floats, Nonlinearity } from "./kernels.ts";

/**
 * x (B x I) <- x m / (1 - rate), where m[b,i] is 0 with probability `rate`, else 1: what is left is larger by as much, so that predicting
 * needs no change.
 *
 *   Srivastava et al. 2014, eq. in section 4, and section 10 for the scale in training
 */
export function dropOutReference(x: Floats, { B, I, rate, seed }: DropoutOptions): void {
  for (let k = 0; k < B * I; k++) x[k] = isKept(k, rate, seed) ? x[k]! / (1 - rate) : 0;
}

/**
 * dx (B x I) <- dx m / (1 - rate) * f'(x (1 - rate)): errors by a layer's dropped outputs x, carried back through dropout and f.
 */
export function dropOutErrorsReference(dx: Floats, x: Floats, { B, I, rate, seed, f }: DropoutOptions & { f: Nonlinearity }): void {
  for (let k = 0; k < B * I; k++) dx[k] = isKept(k, rate, seed) ? (dx[k]! / (1 - rate)) * slopeAt(x[k]! * (1 - rate), f) : 0;
}

/** A hash of (seed, k) as a number in [0, 2^32) is at least rate 2^32: murmur3's finaliser (Appleby 2011) over a Weyl sequence. */
function isKept(k: number, rate: number, seed: number): boolean {
  let h = (seed + Math.imul(k, 0x9e3779b9)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0 >= dropThreshold(rate);
}

/** rate 2^32 as a whole number. */
export function dropThreshold(rate: number): number {
  return Math.floor(rate * 2 ** 32);
}
