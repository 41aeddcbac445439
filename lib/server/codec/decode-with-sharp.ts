import sharp from "sharp";
import { InkformError } from "../../core/inkform-error.ts";
import type { PageRaster } from "../../image/page-raster.ts";
import { checkPageCount, checkPageSize } from "./check-size.ts";
import type { DecodedPage, NamedFile } from "./decoded-page.ts";
import { MAX_PAGE_PIXELS } from "./limits.ts";
import { toPageRaster } from "./to-page-raster.ts";

/** libvips' names for images of one channel, besides alpha; of 8 and of 16 bit. */
const GREY_SPACES: ReadonlySet<string | undefined> = new Set(["b-w", "grey16"]);

// Pages are decoded one at a time in processes of their own: more threads, and copies kept for a next time, cost memory alone.
sharp.concurrency(1);
sharp.cache(false);

/** JPEG, PNG, WebP, and TIFF of many pages (each opened by itself: their sizes may differ). */
export async function* decodeWithSharp(file: NamedFile, format: "jpeg" | "png" | "webp" | "tiff"): AsyncGenerator<DecodedPage> {
  const pageCount = format === "tiff" ? await countPages(file) : 1;
  for (let index = 0; index < pageCount; index++) {
    let page: DecodedPage;
    try {
      page = { number: index + 1, pageCount, raster: await decodePage(file, format, index), failure: null };
    } catch (error) {
      if (pageCount === 1 || !(error instanceof InkformError)) throw error;
      page = { number: index + 1, pageCount, raster: null, failure: error };
    }
    yield page;
  }
}

async function countPages(file: NamedFile): Promise<number> {
  try {
    const { pages } = await sharp(file.bytes, { limitInputPixels: false }).metadata();
    checkPageCount(file.name, pages ?? 1);
    return pages ?? 1;
  } catch (error) {
    throw damaged(file.name, "tiff", error);
  }
}

async function decodePage(file: NamedFile, format: string, index: number): Promise<PageRaster> {
  const pageOptions = format === "tiff" ? { page: index } : {};
  const where = format === "tiff" ? `${file.name}, page ${index + 1}` : file.name;
  try {
    // The header alone: nothing is decoded before the size is known.
    const { width, height, space } = await sharp(file.bytes, { ...pageOptions, limitInputPixels: false }).metadata();
    checkPageSize(where, width, height);
    // "error" includes truncation: half a page must never pass for a page.
    const upright = sharp(file.bytes, {
      ...pageOptions,
      failOn: "error",
      limitInputPixels: MAX_PAGE_PIXELS,
      sequentialRead: true,
    })
      .autoOrient()
      .flatten({ background: "#ffffff" });
    // Left alone, sharp makes three equal channels of one: three times the bytes, and a pass to find that they are equal.
    const { data, info } = await (GREY_SPACES.has(space) ? upright.toColourspace("b-w") : upright)
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return toPageRaster(data, info.width, info.height, info.channels);
  } catch (error) {
    throw damaged(where, format, error);
  }
}

function damaged(where: string, format: string, error: unknown): InkformError {
  if (error instanceof InkformError) return error;
  return new InkformError(
    "invalid-file",
    `${where} is damaged or cut off: it begins as ${format.toUpperCase()} but can't be decoded to its end. Copy or scan it again.`,
    error,
  );
}
