import { type Homography, homographyJacobian, invertHomography, multiplyHomography } from "../image/homography.ts";
import type { BinaryImage, GrayImage } from "../image/images.ts";
import { rotateGray } from "../image/rotate.ts";
import { thresholdGlobal } from "../image/threshold-global.ts";
import { thresholdLocal } from "../image/threshold-local.ts";
import { warpGray } from "../image/warp.ts";
import type { NistRegistration } from "./nist-find-form.ts";
import { NIST_PAGE } from "./nist-form.ts";

export interface UprightPage {
  /** Upright, about 300 dpi. */
  readonly binary: BinaryImage;
  readonly formToPage: Homography;
  readonly pageToImage: Homography;
  /** True where `binary` holds the image's own px (turned by whole quarters at most), false where the page was resampled. */
  readonly native: boolean;
  /** Turn of the form in the image, clockwise, degrees in (-180, 180]. */
  readonly rotationDeg: number;
  /** Image px per form px. */
  readonly scale: number;
}

const MAX_NATIVE_TURN = 7;
const MAX_NATIVE_SCALE = 0.08;
const MAX_NATIVE_PERSPECTIVE = 0.02;

/**
 * Makes the page upright. A scan of about 300 dpi that is turned by a few degrees at most (beside quarter turns) keeps its own
 * px: glyphs cut from it are those that NIST cut. Anything else is rectified to 300 dpi.
 */
export function makeUpright(image: GrayImage, registration: NistRegistration): UprightPage {
  const { formToImage } = registration;
  const [a, b, c, d] = homographyJacobian(formToImage, { x: NIST_PAGE.width / 2, y: NIST_PAGE.height / 2 });
  // The mean of the two axes' turns, so that a scan's shear counts half.
  const rotation = Math.atan2(c - b, a + d);
  const rotationDeg = (rotation * 180) / Math.PI;
  const scale = Math.sqrt(Math.abs(a * d - b * c));
  const quarters = ((Math.round(rotationDeg / 90) % 4) + 4) % 4;
  const rest = rotationDeg - 90 * Math.round(rotationDeg / 90);
  const native =
    Math.abs(rest) <= MAX_NATIVE_TURN &&
    Math.abs(Math.hypot(a, c) - 1) <= MAX_NATIVE_SCALE &&
    Math.abs(Math.hypot(b, d) - 1) <= MAX_NATIVE_SCALE &&
    perspective(formToImage) <= MAX_NATIVE_PERSPECTIVE;
  if (native) {
    const turns = ((4 - quarters) % 4) as 0 | 1 | 2 | 3;
    const pageToImage = turnBack(image, turns);
    return {
      binary: binarise(rotateGray(image, turns)),
      formToPage: multiplyHomography(invertHomography(pageToImage), formToImage),
      pageToImage,
      native,
      rotationDeg,
      scale,
    };
  }
  const binary = binarise(warpGray(image, formToImage, NIST_PAGE.width, NIST_PAGE.height));
  return { binary, formToPage: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), pageToImage: formToImage, native, rotationDeg, scale };
}

/** How much the scale differs over the form. */
function perspective(map: Homography): number {
  const scales = [
    { x: 0, y: 0 },
    { x: 2560, y: 0 },
    { x: 0, y: 3300 },
    { x: 2560, y: 3300 },
  ].map((corner) => {
    const [a, b, c, d] = homographyJacobian(map, corner);
    return Math.sqrt(Math.abs(a * d - b * c));
  });
  return Math.max(...scales) / Math.min(...scales) - 1;
}

/** Px of the image turned clockwise by `turns` quarters -> px of the image. */
function turnBack({ width, height }: GrayImage, turns: 0 | 1 | 2 | 3): Homography {
  switch (turns) {
    case 0:
      return Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    case 1:
      return Float64Array.of(0, 1, 0, -1, 0, height, 0, 0, 1);
    case 2:
      return Float64Array.of(-1, 0, width, 0, -1, height, 0, 0, 1);
    case 3:
      return Float64Array.of(0, -1, width, 1, 0, 0, 0, 0, 1);
  }
}

/** A 1-bit scan (nearly all px black or white) is parted in the middle, so that its px stay; grey ones by each stroke's contrast. */
function binarise(image: GrayImage): BinaryImage {
  let between = 0;
  for (const value of image.data) if (value > 32 && value < 223) between++;
  return between < 0.002 * image.data.length ? thresholdGlobal(image, 127) : thresholdLocal(image);
}
