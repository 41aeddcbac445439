import { Rng } from "../../core/rng.ts";
import { NOISE_SIDE, NOISE_UNIT } from "../kernels/kernels.ts";

/** Values on either side that a box takes in. Three boxes of 9 have the standard deviation sqrt(3 (9^2 - 1) / 12) = 4.47 px. */
const REACH = 4;
const BOXES = 3;

/**
 * Smooth random numbers, NOISE_SIDE x NOISE_SIDE, standard deviation NOISE_UNIT, mean 0. Every image takes two random windows of it as its displacements in x
 * and y, so that nothing has to be smoothed per image. Simard, Steinkraus, Platt 2003 smooth by a Gaussian of sigma 4 at 29 px.
 *
 * White noise, blurred three times by a box, which is near a Gaussian (Wells 1986); a value is the mean of some 250, so it is near normal.
 * The noise is whole numbers and the sums stay below 2^53: exact, and the same on every machine.
 */
export function buildNoiseBank(seed: number): Int16Array {
  const rng = new Rng(seed);
  const white = Float64Array.from({ length: NOISE_SIDE * NOISE_SIDE }, () => rng.uint32() >>> 16);
  const field = blurRows(blurRows(white));
  let mean = 0;
  for (const value of field) mean += value;
  mean /= field.length;
  let variance = 0;
  for (const value of field) variance += (value - mean) * (value - mean);
  const scale = NOISE_UNIT / Math.sqrt(variance / field.length);
  return Int16Array.from(field, (value) => Math.round(Math.max(-32768, Math.min(32767, (value - mean) * scale))));
}

/** Blurs every row, cyclically. @returns the transpose: two calls blur both ways */
function blurRows(field: Float64Array): Float64Array {
  const result = new Float64Array(field.length);
  let row = new Float64Array(NOISE_SIDE);
  let blurred = new Float64Array(NOISE_SIDE);
  for (let y = 0; y < NOISE_SIDE; y++) {
    row.set(field.subarray(y * NOISE_SIDE, (y + 1) * NOISE_SIDE));
    for (let k = 0; k < BOXES; k++) {
      sumNeighbours(blurred, row);
      [row, blurred] = [blurred, row];
    }
    for (let x = 0; x < NOISE_SIDE; x++) result[x * NOISE_SIDE + y] = row[x]!;
  }
  return result;
}

/** to[x] = the sum of `from` at most REACH away from x, cyclically. */
function sumNeighbours(to: Float64Array, from: Float64Array): void {
  const mask = NOISE_SIDE - 1;
  let sum = 0;
  for (let x = -REACH; x <= REACH; x++) sum += from[x & mask]!;
  for (let x = 0; x < NOISE_SIDE; x++) {
    to[x] = sum;
    sum += from[(x + REACH + 1) & mask]! - from[(x - REACH) & mask]!;
  }
}
