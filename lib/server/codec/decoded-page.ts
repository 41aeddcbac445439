import type { InkformError } from "../../core/inkform-error.ts";
import type { PageRaster } from "../../image/page-raster.ts";

/** One page of a file: its pixels, upright by its orientation tag, or why this page alone could not be decoded. */
export type DecodedPage =
  | { readonly number: number; readonly pageCount: number; readonly raster: PageRaster; readonly failure: null }
  | { readonly number: number; readonly pageCount: number; readonly raster: null; readonly failure: InkformError };

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
