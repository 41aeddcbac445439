/** What a file may be before it is decoded. A 600 dpi A4 page is 35 MP, a phone's best photograph 50 MP. */
export const MAX_FILE_BYTES = 200 * 1024 * 1024;
export const MAX_PAGE_PIXELS = 64_000_000;
export const MAX_PAGES = 500;

/** A PDF's pages are drawn at this resolution, or less where that many pixels would be too many. */
export const PDF_DPI = 300;
export const MAX_PDF_PAGE_PIXELS = 40_000_000;
