import type { Box } from "../core/geometry.ts";
import { crop } from "../image/crop.ts";
import type { BinaryImage, GrayImage } from "../image/images.ts";
import { thresholdLocal } from "../image/threshold-local.ts";

/**
 * Least contrast of ink where light is thrown back: that light lies over paper and ink alike, and the paper can't grow lighter than white, so that a pen's
 * stroke has a tenth of its contrast left. Paper that is burnt out has hardly any grain.
 */
const MIN_CONTRAST = 0.04;

/**
 * Looks for paler ink in boxes under a reflection than elsewhere. What it finds is what a person would try to read there; such a box is in doubt in any case.
 * @param ink of `gray`; changed in place
 * @param boxes in px; they may reach beyond the edges
 */
export function findInkUnderReflection(ink: BinaryImage, gray: GrayImage, boxes: readonly Box[]): void {
  for (const box of boxes) {
    const [x0, y0] = [Math.max(0, box[0]), Math.max(0, box[1])];
    const [x1, y1] = [Math.min(gray.width, box[0] + box[2]), Math.min(gray.height, box[1] + box[3])];
    if (x1 <= x0 || y1 <= y0) continue;
    const found = thresholdLocal(crop(gray, [x0, y0, x1 - x0, y1 - y0]), { minContrast: MIN_CONTRAST });
    for (let y = 0; y < found.height; y++) {
      ink.data.set(found.data.subarray(y * found.width, (y + 1) * found.width), (y0 + y) * ink.width + x0);
    }
  }
}
