import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type PDFiumDocument, PDFiumLibrary } from "@hyzyla/pdfium";
import { InkformError } from "../../core/inkform-error.ts";
import type { PageRaster } from "../../image/page-raster.ts";
import { checkPageCount } from "./check-size.ts";
import type { DecodedPage, NamedFile } from "./decoded-page.ts";
import { MAX_PDF_PAGE_PIXELS, PDF_DPI } from "./limits.ts";
import { packageFile } from "./package-file.ts";
import { toPageRaster } from "./to-page-raster.ts";

/** Points per inch. */
const POINTS = 72;
/** A page is first drawn this small, in colour: only where it shows colour is it drawn in colour at full size (four times the bytes). */
const COLOUR_TEST_DPI = 50;

let library: Promise<PDFiumLibrary> | null = null;

/**
 * Draws a PDF's pages at 300 dpi. Scanners that give a page one point per pixel would make it huge: such pages are drawn at the
 * resolution that keeps them below the limit.
 */
export async function* decodePdf(file: NamedFile, dpi: number = PDF_DPI): AsyncGenerator<DecodedPage> {
  library ??= loadLibrary();
  const document = await openDocument(await library, file);
  try {
    const pageCount = document.getPageCount();
    checkPageCount(file.name, pageCount);
    for (let index = 0; index < pageCount; index++) {
      let page: DecodedPage;
      try {
        page = { number: index + 1, pageCount, raster: await drawPage(document, index, dpi), failure: null };
      } catch (error) {
        const failure = new InkformError(
          "invalid-file",
          `${file.name}, page ${index + 1}, is damaged and can't be drawn. Export or scan it again.`,
          error,
        );
        page = { number: index + 1, pageCount, raster: null, failure };
      }
      yield page;
    }
  } finally {
    document.destroy();
  }
}

async function drawPage(document: PDFiumDocument, index: number, dpi: number): Promise<PageRaster> {
  const { originalWidth, originalHeight } = document.getPage(index).getOriginalSize();
  if (!(originalWidth > 0 && originalHeight > 0)) throw new Error("page without an area");
  const size = (atDpi: number): { width: number; height: number } => {
    const scale = Math.min(atDpi / POINTS, (atDpi / dpi) * Math.sqrt(MAX_PDF_PAGE_PIXELS / (originalWidth * originalHeight)));
    return { width: Math.max(1, Math.round(originalWidth * scale)), height: Math.max(1, Math.round(originalHeight * scale)) };
  };
  // A page object is closed by its render: each render asks for it anew.
  const small = await document.getPage(index).render({ ...size(COLOUR_TEST_DPI), colorSpace: "BGRA", render: "bitmap" });
  const coloured = toPageRaster(small.data, small.width, small.height, 4).rgb !== null;
  const full = await document.getPage(index).render({ ...size(dpi), colorSpace: coloured ? "BGRA" : "Gray", render: "bitmap" });
  return toPageRaster(full.data, full.width, full.height, coloured ? 4 : 1);
}

async function openDocument(pdfium: PDFiumLibrary, file: NamedFile): Promise<PDFiumDocument> {
  try {
    return await pdfium.loadDocument(file.bytes);
  } catch (error) {
    const text = error instanceof Error ? error.message : "";
    if (text.includes("assword"))
      throw new InkformError(
        "invalid-file",
        `${file.name} is protected by a password. Save it without a password and add it again.`,
        error,
      );
    if (text.includes("ecurity"))
      throw new InkformError(
        "invalid-file",
        `${file.name} is encrypted in a way that can't be read. Print it to a new PDF and add that.`,
        error,
      );
    throw new InkformError("invalid-file", `${file.name} is not a complete PDF: it is damaged or cut off. Export or scan it again.`, error);
  }
}

async function loadLibrary(): Promise<PDFiumLibrary> {
  const wasm = await readFile(packageFile(join("@hyzyla", "pdfium", "dist", "pdfium.wasm")));
  return PDFiumLibrary.init({ wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer });
}
