import type { GrayImage } from "./images.ts";

/**
 * Unsharp masking: what a pixel differs from the mean around it is added to it `amount` times, so that smeared edges become steep
 * again. The mean is three running means one after the other, close to a Gaussian of `sigma` px.
 */
export function sharpenGray(image: GrayImage, sigma: number, amount: number): GrayImage {
  const { width, height, data } = image;
  // Three means over 2 r + 1 px have the variance r (r + 1): r from the standard deviation.
  const reach = Math.max(1, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
  let mean = data;
  for (let pass = 0; pass < 3; pass++) mean = meanAlong(meanAlong(mean, width, height, reach, "x"), width, height, reach, "y");
  const out = new Uint8Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const value = data[i] + amount * (data[i] - mean[i]);
    out[i] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
  }
  return { width, height, data: out };
}

/** Mean over 2 reach + 1 px along x or y; the border's px are repeated. */
function meanAlong(data: Uint8Array, width: number, height: number, reach: number, axis: "x" | "y"): Uint8Array {
  const out = new Uint8Array(data.length);
  const [lines, length, lineStep, step] = axis === "x" ? [height, width, width, 1] : [width, height, 1, width];
  const size = 2 * reach + 1;
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    let sum = (reach + 1) * data[start];
    for (let k = 1; k <= reach; k++) sum += data[start + Math.min(length - 1, k) * step];
    for (let i = 0; i < length; i++) {
      out[start + i * step] = (sum + reach) / size;
      sum += data[start + Math.min(length - 1, i + reach + 1) * step] - data[start + Math.max(0, i - reach) * step];
    }
  }
  return out;
}
