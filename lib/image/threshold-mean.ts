import { assertArgument } from "../core/assert.ts";
import type { BinaryImage, GrayImage } from "./images.ts";

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
  const out = new Uint8Array(width * height);
  const reach = window >> 1;
  const columns = new Int32Array(width);
  let rows = 0;
  for (let y = 0; y < Math.min(reach, height); y++) {
    for (let x = 0; x < width; x++) columns[x] += data[y * width + x];
    rows++;
  }
  for (let y = 0; y < height; y++) {
    if (y + reach < height) {
      for (let x = 0, at = (y + reach) * width; x < width; x++) columns[x] += data[at + x];
      rows++;
    }
    if (y - reach - 1 >= 0) {
      for (let x = 0, at = (y - reach - 1) * width; x < width; x++) columns[x] -= data[at + x];
      rows--;
    }
    let sum = 0;
    let count = Math.min(reach, width);
    for (let x = 0; x < count; x++) sum += columns[x];
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if (x + reach < width) {
        sum += columns[x + reach];
        count++;
      }
      if (x - reach - 1 >= 0) {
        sum -= columns[x - reach - 1];
        count--;
      }
      if (data[at] * count * rows < ratio * sum) out[at] = 1;
    }
  }
  return { width, height, data: out };
}
