import type { CardPage } from "../card/card-manifest.ts";
import { type Homography, multiplyHomography } from "../image/homography.ts";
import type { BinaryImage, GrayImage } from "../image/images.ts";
import { sharpenGray } from "../image/sharpen-gray.ts";
import { shrinkGray } from "../image/shrink.ts";
import { thresholdMean } from "../image/threshold-mean.ts";
import { warpGray } from "../image/warp.ts";
import { repairCodes } from "./repair-code.ts";

/** Around the largest code box that a card can have, with a margin for paper taken for another size. */
export const CODE_AREA_MM = { left: 19, width: 48, height: 48, below: 5 } as const;
/** Modules are at least 0.4 mm: 4.8 px. */
const CODE_PX_PER_MM = 12;
/** Standard deviations of blurs that smear the usual code's modules of 7 px. */
const BLURS_PX = [3, 5] as const;
/** How far curl and a bad third mark may move the code, in mm: two modules of the usual code. */
const REACH_MM = 1.2;
/** Code boxes of `buildPageFrame` and the QR versions that their payloads come to. */
const CODE_SIZES = [
  { sizeMm: 20, versions: [2, 3] },
  { sizeMm: 26, versions: [3, 4, 5, 6] },
  { sizeMm: 32, versions: [6, 7, 8, 9] },
] as const;

/**
 * Pictures of the place where a card's square code stands, upright, to be tried one after the other by a code reader: as it is;
 * black and white by the local mean (uneven light, low contrast, a screen's veil); coarser (noise, moiré, halftone); sharpened (focus, motion); and with its
 * fixed patterns painted in (a finger on one of them).
 * @param mmToPx card mm -> scan px
 */
export function* codeViews(
  image: GrayImage,
  page: CardPage,
  mmToPx: Homography,
): Generator<{ readonly image: GrayImage; readonly toScan: Homography }> {
  const { left, width, height, below } = CODE_AREA_MM;
  const s = 1 / CODE_PX_PER_MM;
  const topMm = page.heightMm - below - height;
  const toMm = Float64Array.of(s, 0, left, 0, s, topMm, 0, 0, 1);
  const toScan = multiplyHomography(mmToPx, toMm);
  const area = warpGray(image, toScan, width * CODE_PX_PER_MM, height * CODE_PX_PER_MM);
  yield { image: area, toScan };
  yield { image: toGray(thresholdMean(area, Math.round(5 * CODE_PX_PER_MM), 0.92)), toScan };
  const coarse = shrinkGray(area, 2);
  const coarseToScan = multiplyHomography(toScan, Float64Array.of(2, 0, 0, 0, 2, 0, 0, 0, 1));
  yield { image: coarse, toScan: coarseToScan };
  yield { image: toGray(thresholdMean(coarse, Math.round(2.5 * CODE_PX_PER_MM), 0.92)), toScan: coarseToScan };
  for (const sigma of BLURS_PX) yield { image: sharpenGray(area, sigma, 3), toScan };
  const [x, y, size] = page.codeBox;
  for (const { sizeMm, versions } of CODE_SIZES) {
    const place = {
      left: (x - left) * CODE_PX_PER_MM,
      top: (y + size - sizeMm - topMm) * CODE_PX_PER_MM,
      size: sizeMm * CODE_PX_PER_MM,
    };
    for (const { image: clean, toArea } of repairCodes(area, place, versions, REACH_MM * CODE_PX_PER_MM)) {
      yield { image: clean, toScan: multiplyHomography(toScan, toArea) };
    }
  }
}

function toGray({ width, height, data }: BinaryImage): GrayImage {
  return { width, height, data: data.map((ink) => (ink === 1 ? 0 : 255)) };
}
