import { assertArgument } from "../core/assert.ts";
import type { GrayImage } from "./images.ts";

/**
 * Resamples to `width` x `height` by exact area averaging (each output pixel is the mean of the input area under it); where it
 * enlarges, that is a box of one input pixel, so edges stay sharp. Separable.
 */
export function resampleGray(image: GrayImage, width: number, height: number): GrayImage {
  assertArgument(
    Number.isInteger(width) && Number.isInteger(height) && width >= 1 && height >= 1,
    `resampleGray needs a whole size of at least 1 x 1, got ${width} x ${height}`,
  );
  const columns = spans(image.width, width);
  const rows = spans(image.height, height);
  const between = new Float32Array(width * image.height);
  for (let y = 0; y < image.height; y++) {
    const line = y * image.width;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = columns.start[x], w = columns.offset[x]; k <= columns.end[x]; k++, w++) sum += image.data[line + k] * columns.weights[w];
      between[y * width + x] = sum;
    }
  }
  const out = new Uint8Array(width * height);
  const accumulator = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    accumulator.fill(0);
    for (let k = rows.start[y], w = rows.offset[y]; k <= rows.end[y]; k++, w++) {
      const weight = rows.weights[w];
      for (let x = 0; x < width; x++) accumulator[x] += between[k * width + x] * weight;
    }
    for (let x = 0; x < width; x++) out[y * width + x] = (accumulator[x] + 0.5) | 0;
  }
  return { width, height, data: out };
}

/** For each of `to` cells over `from` pixels: the first and last pixel it covers and the weights (they sum to 1). */
function spans(from: number, to: number): { start: Int32Array; end: Int32Array; offset: Int32Array; weights: Float32Array } {
  const start = new Int32Array(to);
  const end = new Int32Array(to);
  const offset = new Int32Array(to);
  const weights: number[] = [];
  const step = from / to;
  for (let i = 0; i < to; i++) {
    const low = i * step;
    const high = (i + 1) * step;
    start[i] = Math.min(from - 1, Math.floor(low + 1e-9));
    end[i] = Math.max(start[i], Math.min(from - 1, Math.ceil(high - 1e-9) - 1));
    offset[i] = weights.length;
    for (let k = start[i]; k <= end[i]; k++) weights.push((Math.min(high, k + 1) - Math.max(low, k)) / step);
  }
  return { start, end, offset, weights: Float32Array.from(weights) };
}
