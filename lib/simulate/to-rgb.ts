import type { GrayImage, RgbImage } from "../image/images.ts";
import { toRaster } from "./to-raster.ts";

/** A grey page in three equal channels (an RGB one as it is), so that coloured ink keeps its colour on it. */
export function toRgb(image: GrayImage | RgbImage): RgbImage {
  if (toRaster(image).channels === 3) return image;
  const data = new Uint8Array(image.data.length * 3);
  for (let i = 0, o = 0; i < image.data.length; i++, o += 3) {
    data[o] = image.data[i];
    data[o + 1] = image.data[i];
    data[o + 2] = image.data[i];
  }
  return { width: image.width, height: image.height, data };
}
