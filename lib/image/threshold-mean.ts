import { assertArgument } from "../core/assert.ts";
import type { BinaryImage, GrayImage } from "./images.ts";
import { takeBytes } from "./page-bytes.ts";

/**
 * Ink where a pixel is darker than `ratio` times the mean of the `window` x `window` px around it (the window is cut at the
 * borders). For finding large printed shapes in a small copy; for strokes see `thresholdLocal`. Running sums: the cost does not
 * grow with the window.
 */
export function thresholdMean(image: GrayImage, window: number, ratio: number): BinaryImage {
  assertArgument(
    Number.isInteger(window) && window >= 3 && window <= 4096,
    `thresholdMean needs a whole window of 3 to 4096 px, got ${window}`,
  );
  const { width, height, data } = image;
  const out = takeBytes(width * height);
  const reach = window >> 1;
  const columns = new Int32Array(width);
  let rows = 0;
  for (let y = 0; y < Math.min(reach, height); y++) {
    for (let x = 0; x < width; x++) columns[x] += data[y * width + x];
    rows++;
  }
  for (let y = 0; y < height; y++) {
    const coming = y + reach < height ? (y + reach) * width : -1;
    const going = y - reach - 1 >= 0 ? (y - reach - 1) * width : -1;
    if (coming >= 0 && going >= 0) for (let x = 0; x < width; x++) columns[x] += data[coming + x] - data[going + x];
    else if (coming >= 0) for (let x = 0; x < width; x++) columns[x] += data[coming + x];
    else if (going >= 0) for (let x = 0; x < width; x++) columns[x] -= data[going + x];
    rows += (coming >= 0 ? 1 : 0) - (going >= 0 ? 1 : 0);
    let sum = 0;
    for (let x = 0; x < Math.min(reach, width); x++) sum += columns[x];
    // The window's columns are x - reach to x + reach, cut at the borders: in the middle one comes and one goes.
    let x = 0;
    const at = y * width;
    const growing = Math.min(width, Math.max(0, width - reach), reach + 1);
    for (; x < growing; x++) {
      sum += columns[x + reach];
      if (data[at + x] * (x + reach + 1) * rows < ratio * sum) out[at + x] = 1;
    }
    const area = (2 * reach + 1) * rows;
    for (; x < width - reach; x++) {
      sum += columns[x + reach] - columns[x - reach - 1];
      if (data[at + x] * area < ratio * sum) out[at + x] = 1;
    }
    for (; x < width; x++) {
      if (x > reach) sum -= columns[x - reach - 1];
      const count = width - Math.max(0, x - reach);
      if (data[at + x] * count * rows < ratio * sum) out[at + x] = 1;
    }
  }
  return { width, height, data: out };
}
