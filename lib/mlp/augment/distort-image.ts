import { Rng } from "../../core/rng.ts";
import type { DistortionLimits } from "./limits.ts";
import { BANK_SIDE } from "./noise-bank.ts";

/** Values below this (of 1) become zero: bilinear edges would cost sparsity and say nothing. */
const INK_FLOOR = 0.03;

export interface Distortion {
  readonly limits: DistortionLimits;
  readonly bank: Float32Array;
  /** Of this example in this epoch. */
  readonly seed: number;
}

/**
 * Writes a distorted copy of an image: target[t] = image at A (p - c) + c + shift + elastic(p), bilinear, zero outside.
 * @param target side x side values from `at` on, in [0, 1]
 * @param image side x side bytes, 255 = ink
 */
export function distortImage(
  target: { readonly values: Float32Array | Float64Array; readonly at: number },
  image: Uint8Array,
  side: number,
  { limits, bank, seed }: Distortion,
): void {
  const rng = new Rng(seed);
  const degree = Math.PI / 180;
  const angle = rng.between(-limits.rotationDeg, limits.rotationDeg) * degree;
  const scaleX = 1 + rng.between(-limits.scale, limits.scale);
  const scaleY = 1 + rng.between(-limits.scale, limits.scale);
  const shear = rng.between(-limits.shear, limits.shear);
  const c = (side - 1) / 2;
  const startX = c + rng.between(-limits.shiftPx, limits.shiftPx);
  const startY = c + rng.between(-limits.shiftPx, limits.shiftPx);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  // A = rotation x shear x scale, from target to source.
  const xx = cos * scaleX;
  const xy = (cos * shear - sin) * scaleY;
  const yx = sin * scaleX;
  const yy = (sin * shear + cos) * scaleY;
  const mask = BANK_SIDE - 1;
  const windowX = rng.uint32() & (BANK_SIDE * BANK_SIDE - 1);
  const windowY = rng.uint32() & (BANK_SIDE * BANK_SIDE - 1);
  const elastic = limits.elasticPx;
  const { values, at } = target;
  const last = side - 1;
  for (let row = 0; row < side; row++) {
    const v = row - c;
    const bankX = (((windowX >> 9) + row) & mask) << 9;
    const bankY = (((windowY >> 9) + row) & mask) << 9;
    for (let column = 0; column < side; column++) {
      const u = column - c;
      let x = startX + xx * u + xy * v;
      let y = startY + yx * u + yy * v;
      if (elastic > 0) {
        x += elastic * bank[bankX | ((windowX + column) & mask)]!;
        y += elastic * bank[bankY | ((windowY + column) & mask)]!;
      }
      let value = 0;
      if (x > -1 && y > -1 && x < side && y < side) {
        const x0 = Math.floor(x);
        const y0 = Math.floor(y);
        const fx = x - x0;
        const fy = y - y0;
        const k = y0 * side + x0;
        const left = x0 >= 0;
        const right = x0 < last;
        let top = 0;
        let bottom = 0;
        if (y0 >= 0) top = (left ? image[k]! * (1 - fx) : 0) + (right ? image[k + 1]! * fx : 0);
        if (y0 < last) bottom = (left ? image[k + side]! * (1 - fx) : 0) + (right ? image[k + side + 1]! * fx : 0);
        value = (top * (1 - fy) + bottom * fy) / 255;
      }
      values[at + row * side + column] = value < INK_FLOOR ? 0 : value;
    }
  }
}
