import { assertArgument } from "../core/assert.ts";
import type { GrayImage } from "./images.ts";

/** Turns by a quarter, half or three quarters clockwise, exactly (no resampling). */
export function rotateGray(image: GrayImage, turns: 0 | 1 | 2 | 3): GrayImage {
  assertArgument([0, 1, 2, 3].includes(turns), `rotateGray needs 0, 1, 2 or 3 quarter turns, got ${turns}`);
  const { width, height, data } = image;
  if (turns === 0) return image;
  const out = new Uint8Array(data.length);
  if (turns === 2) {
    for (let i = 0, j = data.length - 1; j >= 0; i++, j--) out[i] = data[j];
    return { width, height, data: out };
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Clockwise: the left column, read upwards, becomes the top row.
      const at = turns === 1 ? x * height + (height - 1 - y) : (width - 1 - x) * height + y;
      out[at] = data[y * width + x];
    }
  }
  return { width: height, height: width, data: out };
}
