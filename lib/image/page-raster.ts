import type { GrayImage, RgbImage } from "./images.ts";

/** A decoded page: always grey; `rgb` of the same size where the page has colour, else null. */
export interface PageRaster {
  readonly gray: GrayImage;
  readonly rgb: RgbImage | null;
}
