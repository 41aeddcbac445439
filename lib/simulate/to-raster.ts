import { assertArgument } from "../core/assert.ts";
import type { GrayImage, RgbImage } from "../image/images.ts";
import type { Raster } from "./soften-page.ts";

/** Names the number of channels of an image, from its length. @throws InkformError `invalid-argument` where it is neither grey nor RGB. */
export function toRaster(image: GrayImage | RgbImage): Raster {
  const pixels = image.width * image.height;
  const channels = image.data.length === pixels ? 1 : 3;
  assertArgument(
    image.data.length === pixels * channels && pixels > 0,
    `the simulator needs a grey or RGB image, got ${image.data.length} bytes for ${image.width} x ${image.height} px`,
  );
  return { width: image.width, height: image.height, channels, data: image.data };
}
