import type { FieldKind } from "../card/card-manifest.ts";
import type { Box } from "../core/geometry.ts";
import type { BinaryImage } from "../image/images.ts";
import type { PageQuality } from "../page/page-quality.ts";

/**
 * `blank`: no ink. `mismatch`: the model reads another class than the prompt. `unsure`: the cut is doubtful, or what was written may have been spoiled. `crossed-out`, `overwritten`:
 * what was written was taken back or corrected (`find-spoiled.ts`); such a glyph has no label until a person gives it one.
 */
export type GlyphStatus = "labelled" | "mismatch" | "blank" | "unsure" | "crossed-out" | "overwritten";

export interface Prediction {
  readonly label: string;
  readonly probability: number;
}

export interface GlyphReading {
  /** In scan px of the page as decoded (before any turn). */
  readonly bounds: Box;
  /** The segmented character at about 300 dpi, ink = 1, tight; null where blank. */
  readonly raw: BinaryImage | null;
  /** 28 x 28, 255 = ink, by the recipe of `lib/glyph`; all zero where blank. */
  readonly image: Uint8Array;
  /** The prompt's character; null where blank, crossed out or overwritten, or where the field's count does not match and it is not surely read as the prompt's. */
  readonly label: string | null;
  readonly status: GlyphStatus;
  readonly prediction: Prediction | null;
}

export interface FieldReading {
  readonly name: string;
  readonly kind: FieldKind;
  readonly prompt: string;
  readonly promptSource: "card" | "ocr" | "reference" | "none";
  /** The field's outline in scan px, clockwise from its top left as printed. */
  readonly outline: readonly (readonly [number, number])[];
  /** Outlines of the single boxes, likewise; empty for an undivided field. */
  readonly boxOutlines: readonly (readonly (readonly [number, number])[])[];
  readonly glyphs: readonly GlyphReading[];
}

export type RejectionCode =
  | "no-card" // nothing that looks like a card or a NIST form
  | "blank-page"
  | "fiducials-missing" // a card, but too few corner marks
  | "code-unreadable"
  | "code-invalid"
  | "wrong-page"
  | "low-resolution"
  | "low-quality"
  | "prompts-unreadable"
  | "decode-failed";

export interface Rejection {
  readonly code: RejectionCode;
  /** What is wrong and what to do, for the user. */
  readonly message: string;
}

export interface Registration {
  /** Turn of the printed page in the scan, clockwise, degrees in (-180, 180]. */
  readonly rotationDeg: number;
  /** Scan px per px of a 300 dpi scan: 1 for a 300 dpi scan of a page printed at 100 %. */
  readonly scale: number;
  /** Root mean square of the reprojection error, in scan px. */
  readonly residualPx: number;
}

export interface PageReading {
  readonly status: "read" | "rejected";
  readonly reason: Rejection | null;
  /** Template id (`nist-hsf`, `digits`, ...); `nist-hsf-1990` for an original NIST page; null if unknown. */
  readonly template: string | null;
  /** The card's code; null for an original NIST page. */
  readonly card: string | null;
  /** Which page of its card it is, 1-based; absent where there is no card, or the page was rejected. */
  readonly cardPage?: number;
  /** Writer code as read from the card's writer boxes; null where blank or unreadable. */
  readonly writer: string | null;
  readonly registration: Registration | null;
  /** How well a card shows; null where none could be registered, and for an original NIST page. */
  readonly quality: PageQuality | null;
  readonly fields: readonly FieldReading[];
}

/** A trained model as the pipeline sees it: `images` holds n x 784 bytes (255 = ink); returns n x classes.length probabilities. */
export interface Classifier {
  readonly classes: readonly string[];
  predict(images: Uint8Array, n: number): Float32Array;
}
