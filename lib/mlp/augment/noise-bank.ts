import { Rng } from "../../core/rng.ts";

/** Side of the square bank, which repeats at its edges. A power of two. */
export const BANK_SIDE = 512;
/** Smoothing of the displacement field, px: the sigma of Simard, Steinkraus, Platt 2003 is 4 at 29 px. */
const SIGMA = 4.5;

/**
 * Smooth random numbers, 512 x 512, standard deviation 1, mean 0: white noise through a Gaussian. Every image takes two random windows of it as
 * its displacements in x and y, so that nothing has to be smoothed per image.
 */
export function buildNoiseBank(seed: number): Float32Array {
  const rng = new Rng(seed);
  const white = new Float64Array(BANK_SIDE * BANK_SIDE);
  for (let k = 0; k < white.length; k++) white[k] = rng.normal();
  const smooth = blurRows(blurRows(white));
  let mean = 0;
  for (const value of smooth) mean += value;
  mean /= smooth.length;
  let variance = 0;
  for (const value of smooth) variance += (value - mean) ** 2;
  const scale = 1 / Math.sqrt(variance / smooth.length);
  return Float32Array.from(smooth, (value) => (value - mean) * scale);
}

/** Blurs every row, cyclically, and returns the transpose: two calls blur both ways. */
function blurRows(image: Float64Array): Float64Array {
  const reach = Math.ceil(3 * SIGMA);
  const tap = Array.from({ length: 2 * reach + 1 }, (_, k) => Math.exp(-((k - reach) ** 2) / (2 * SIGMA * SIGMA)));
  const result = new Float64Array(image.length);
  const mask = BANK_SIDE - 1;
  for (let y = 0; y < BANK_SIDE; y++) {
    for (let x = 0; x < BANK_SIDE; x++) {
      let sum = 0;
      for (let k = -reach; k <= reach; k++) sum += tap[k + reach]! * image[y * BANK_SIDE + ((x + k) & mask)]!;
      result[x * BANK_SIDE + y] = sum;
    }
  }
  return result;
}
