import { crop } from "../../../lib/image/crop.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";

/** The image's ink alone, without the paper about it; one px of paper where there is no ink. */
export function tighten(image: BinaryImage): BinaryImage {
  const { width, height, data } = image;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), y];
    }
  }
  return right < 0 ? { width: 1, height: 1, data: new Uint8Array(1) } : crop(image, [left, top, right - left + 1, bottom - top + 1]);
}
