import { assertArgument } from "../core/assert.ts";
import type { Box } from "../core/geometry.ts";
import type { BinaryImage, GrayImage } from "./images.ts";

/**
 * Copies a rectangle of a one-byte-a-pixel image.
 * @param box `[x, y, width, height]` in whole px of `image`; it may reach beyond the edges
 * @param fill value of what lies beyond the edges: 0 is paper in a binary image, 255 in a grey one
 * @throws InkformError `invalid-argument` where the box is not of whole px or has no area
 */
export function crop<T extends BinaryImage | GrayImage>(image: T, box: Box, fill = 0): { width: number; height: number; data: Uint8Array } {
  const [x, y, width, height] = box;
  assertArgument(
    box.every(Number.isInteger) && width > 0 && height > 0,
    `a crop needs a box of whole px with an area, got [${box.join(", ")}]`,
  );
  const data = new Uint8Array(width * height);
  if (fill !== 0) data.fill(fill);
  const left = Math.max(0, x);
  const right = Math.min(image.width, x + width);
  if (right <= left) return { width, height, data };
  for (let row = Math.max(0, y); row < Math.min(image.height, y + height); row++) {
    const start = row * image.width;
    data.set(image.data.subarray(start + left, start + right), (row - y) * width + left - x);
  }
  return { width, height, data };
}
