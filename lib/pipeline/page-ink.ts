import type { Point } from "../core/geometry.ts";
import type { BinaryImage } from "../image/images.ts";

/** A page's (or a field's) ink as glyphs are cut from it: upright, about 300 dpi, binary, without the form. */
export interface PageInk {
  readonly ink: BinaryImage;
  /** Px of `ink` -> scan px. */
  readonly toScan: (px: Point) => Point;
  /** Per px of `ink`: not 0 within a printed line's band, where a short piece is what is left of the line. Null where none is known. */
  readonly band: Uint8Array | null;
}

/**
 * Told once, while a page is read, in which ink the glyphs of each field lie, by the field's name. The images' memory is used again when the page has been read:
 * whoever keeps them copies them. Who wants nothing but the ink may throw: what it throws comes out of the reading.
 */
export type OnInk = (inks: ReadonlyMap<string, PageInk>) => void;
