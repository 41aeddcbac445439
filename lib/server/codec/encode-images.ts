import sharp from "sharp";
import type { BinaryImage, GrayImage, RgbImage } from "../../image/images.ts";
import type { PageRaster } from "../../image/page-raster.ts";

/** PNG, one bit a pixel: ink black, paper white. */
export async function encodeBinaryPng({ width, height, data }: BinaryImage): Promise<Uint8Array> {
  return sharp(
    data.map((ink) => (ink ? 0 : 255)),
    { raw: { width, height, channels: 1 } },
  )
    .toColourspace("b-w")
    .png({ palette: true, colours: 2 })
    .toBuffer();
}

/** JPEG for the screen, in colour where the page has it, at most `maxSidePx` along its longer side. */
export async function encodePreview({ gray, rgb }: PageRaster, maxSidePx = 2000): Promise<Uint8Array> {
  const { width, height, data } = rgb ?? gray;
  return sharp(data, { raw: { width, height, channels: rgb ? 3 : 1 } })
    .resize({ width: maxSidePx, height: maxSidePx, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 82 })
    .toBuffer();
}

/** JPEG of a grey or RGB image as it is. @param quality 1 to 100 */
export async function encodeJpeg({ width, height, data }: GrayImage | RgbImage, quality: number): Promise<Uint8Array> {
  const channels = data.length === width * height ? 1 : 3;
  return sharp(data, { raw: { width, height, channels } }).jpeg({ quality }).toBuffer();
}
