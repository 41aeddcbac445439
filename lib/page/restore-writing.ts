import type { GrayImage } from "../image/images.ts";
import { sharpenGray } from "../image/sharpen-gray.ts";
import { smoothGray } from "../image/smooth-gray.ts";
import type { PageQuality } from "./page-quality.ts";
import { PX_PER_MM_300 } from "./register-page.ts";

/** From these shares of noise on, a page at 300 dpi is smoothed once, twice, four times. Without, specks count as ink above 0.035. */
const SMOOTHING = [
  { noise: 0.06, times: 4 },
  { noise: 0.03, times: 2 },
  { noise: 0.015, times: 1 },
] as const;
/** From this blur on a page is sharpened by it, less where that would lift its noise. */
const SHARPEN_ABOVE_MM = 0.42;
const AMOUNT = { calm: 1.5, noisy: 1 } as const;
const NOISY = 0.01;
/** Full width at half maximum of a Gaussian, in standard deviations. */
const FWHM = 2.355;

/**
 * The page in which writing is looked for: smoothed where the paper's grain comes near to a faint stroke's contrast, sharpened where
 * strokes run into each other. A page that is neither noisy nor blurred is returned as it is.
 */
export function restoreWriting(image: GrayImage, { regions, blurMm }: PageQuality): GrayImage {
  const noise = Math.max(0, ...regions.map((region) => region.noise));
  const times = SMOOTHING.find((step) => noise >= step.noise)?.times ?? 0;
  let restored = image;
  for (let i = 0; i < times; i++) restored = smoothGray(restored);
  if (blurMm === null || blurMm < SHARPEN_ABOVE_MM || times > 2) return restored;
  return sharpenGray(restored, (blurMm * PX_PER_MM_300) / FWHM, noise < NOISY ? AMOUNT.calm : AMOUNT.noisy);
}
