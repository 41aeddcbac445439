import { InkformError } from "../../core/inkform-error.ts";
import { checkPageCount, checkPageSize } from "./check-size.ts";
import type { DecodedPage, NamedFile } from "./decoded-page.ts";
import { toPageRaster } from "./to-page-raster.ts";

/** HEIC as phones write it; libheif turns the picture upright itself. Only the first picture: the others are bursts or depth maps of it. */
export async function* decodeHeic(file: NamedFile): AsyncGenerator<DecodedPage> {
  try {
    // Loaded when it is needed: it takes as long to load as half a page to read.
    const { all: openHeic } = await import("heic-decode");
    const images = await openHeic({ buffer: file.bytes });
    try {
      checkPageCount(file.name, Math.min(1, images.length));
      const { width, height } = images[0];
      checkPageSize(file.name, width, height);
      const decoded = await images[0].decode();
      yield {
        number: 1,
        pageCount: 1,
        raster: toPageRaster(new Uint8Array(decoded.data.buffer), decoded.width, decoded.height, 4),
        failure: null,
      };
    } finally {
      images.dispose();
    }
  } catch (error) {
    if (error instanceof InkformError) throw error;
    throw new InkformError(
      "invalid-file",
      `${file.name} is damaged or cut off: it begins as HEIC but can't be decoded. Copy it again, or save it as JPEG.`,
      error,
    );
  }
}
