import { InkformError } from "../../core/inkform-error.ts";
import { MAX_PAGE_PIXELS, MAX_PAGES } from "./limits.ts";

/** @throws InkformError `too-large` for a page of more pixels than the limit, `invalid-file` for one without any. */
export function checkPageSize(name: string, width: number, height: number): void {
  if (!(width >= 1 && height >= 1)) throw new InkformError("invalid-file", `${name} holds a page without pixels. Scan it again.`);
  if (width * height > MAX_PAGE_PIXELS) {
    throw new InkformError(
      "too-large",
      `${name} holds a page of ${width} x ${height} px (${Math.round((width * height) / 1e6)} million); the limit is ${MAX_PAGE_PIXELS / 1e6} million. Scan at 300 dpi, or shrink the picture.`,
    );
  }
}

/** @throws InkformError `too-large` for more pages than the limit, `invalid-file` for none. */
export function checkPageCount(name: string, pages: number): void {
  if (!(pages >= 1)) throw new InkformError("invalid-file", `${name} has no pages. Scan it again.`);
  if (pages > MAX_PAGES)
    throw new InkformError("too-large", `${name} has ${pages} pages; the limit is ${MAX_PAGES}. Split it into several files.`);
}
