import sharp from "sharp";
import type { GrayImage, RgbImage } from "../../image/images.ts";
import type { NamedFile } from "./decoded-page.ts";

/** How a scanner's or a phone's program keeps the picture. */
export type Encoding = { readonly as: "jpeg"; readonly quality: number } | { readonly as: "png" | "png-1-bit" | "tiff-1-bit" };

/** Encodes a picture as a real file. The 1-bit ones need a picture of 0 and 255 alone. */
export async function encodePicture({ width, height, data }: GrayImage | RgbImage, encoding: Encoding): Promise<NamedFile> {
  const channels = data.length === width * height ? 1 : 3;
  const raw = sharp(data, { raw: { width, height, channels } });
  const picture = channels === 1 ? raw.toColourspace("b-w") : raw;
  switch (encoding.as) {
    case "jpeg":
      return { name: "page.jpg", bytes: await picture.jpeg({ quality: encoding.quality }).toBuffer() };
    case "png":
      return { name: "page.png", bytes: await picture.png({ compressionLevel: 2 }).toBuffer() };
    case "png-1-bit":
      return { name: "page.png", bytes: await picture.png({ palette: true, colours: 2, dither: 0 }).toBuffer() };
    case "tiff-1-bit":
      return {
        name: "page.tif",
        bytes: await picture.tiff({ compression: "ccittfax4", bitdepth: 1, xres: 300 / 25.4, yres: 300 / 25.4 }).toBuffer(),
      };
  }
}

export function describeEncoding(encoding: Encoding): string {
  return encoding.as === "jpeg" ? `JPEG ${encoding.quality}` : encoding.as;
}
