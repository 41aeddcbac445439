import type { GrayImage } from "./images.ts";

/** Each pixel's mean with its neighbours, weights 1 2 1 along both axes; at the border the pixel itself stands for what is missing. */
export function smoothGray({ width, height, data }: GrayImage): GrayImage {
  const rows = new Uint16Array(data.length);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    const end = start + width - 1;
    for (let i = start; i <= end; i++) rows[i] = data[i > start ? i - 1 : i] + 2 * data[i] + data[i < end ? i + 1 : i];
  }
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y + 1 < height ? width : 0;
    for (let i = y * width, end = i + width; i < end; i++) out[i] = (rows[i + up] + 2 * rows[i] + rows[i + down] + 8) >> 4;
  }
  return { width, height, data: out };
}
