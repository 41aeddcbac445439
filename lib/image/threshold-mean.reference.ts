import type { BinaryImage, GrayImage } from "./images.ts";

/** What `thresholdMean` gives, by its definition: each px against the mean of its own window. */
export function thresholdMeanReference({ width, height, data }: GrayImage, window: number, ratio: number): BinaryImage {
  const out = new Uint8Array(width * height);
  const reach = window >> 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let area = 0;
      for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
        for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++, area++) sum += data[v * width + u];
      }
      if (data[y * width + x] * area < ratio * sum) out[y * width + x] = 1;
    }
  }
  return { width, height, data: out };
}
