import type { GrayImage } from "../image/images.ts";
import { shrinkGray } from "../image/shrink.ts";
import { thresholdMean } from "../image/threshold-mean.ts";

/** Fewer dark px than this in the small copy (1 in 20,000) is dust, not print. */
const BLANK_SHARE = 1 / 20_000;
const SMALL_PX = 1000;

/** No print and no writing on it: an empty sheet, a page fed the wrong way up, or one without any contrast. */
export function isBlankPage(image: GrayImage): boolean {
  const small = shrinkGray(image, Math.max(1, Math.round(Math.max(image.width, image.height) / SMALL_PX)));
  const ink = thresholdMean(small, 31, 0.85);
  // The outermost 2 % show the feeder's edge and shadows.
  const insetX = Math.ceil(0.02 * ink.width);
  const insetY = Math.ceil(0.02 * ink.height);
  let dark = 0;
  for (let y = insetY; y < ink.height - insetY; y++) for (let x = insetX; x < ink.width - insetX; x++) dark += ink.data[y * ink.width + x];
  return dark < BLANK_SHARE * ink.width * ink.height;
}
