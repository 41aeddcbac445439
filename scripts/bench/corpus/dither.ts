import type { GrayImage } from "../../../lib/image/images.ts";

/** Black and white by error diffusion (Floyd and Steinberg 1976), as scanners keep grey in a 1-bit file. */
export function dither({ width, height, data }: GrayImage): GrayImage {
  const out = new Uint8Array(data.length);
  let row = new Float32Array(width + 2);
  let below = new Float32Array(width + 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const level = data[y * width + x]! + row[x + 1]!;
      const white = level >= 128;
      if (white) out[y * width + x] = 255;
      const error = (level - (white ? 255 : 0)) / 16;
      row[x + 2]! += 7 * error;
      below[x]! += 3 * error;
      below[x + 1]! += 5 * error;
      below[x + 2]! += error;
    }
    [row, below] = [below, row.fill(0)];
  }
  return { width, height, data: out };
}
