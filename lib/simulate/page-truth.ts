import type { FieldKind } from "../card/card-manifest.ts";
import type { Box } from "../core/geometry.ts";
import { INK_COVERAGE, type InkMask } from "./ink-mask.ts";

/** What can happen to a character in its box. */
export type Mishap = "crossed-out" | "overwritten" | "erased" | "smeared";

/** One place for a character, written or left blank. */
export interface TruthGlyph {
  /** From 1, in writing order over the page: the number in `buildLabelMap`. */
  readonly id: number;
  readonly field: string;
  /** Place within its field, from 0; spaces of a text don't count. */
  readonly index: number;
  /** The printed character; null where the card asks for none (writer code, line, text). */
  readonly prompt: string | null;
  /** What the pen wrote; null where it was left blank. */
  readonly written: string | null;
  /** The printed box to write in, in mm from the page's top left; null in an undivided field. */
  readonly boxMm: Box | null;
  /** Bounds of the ink (half coverage and more), in page px; null where blank. */
  readonly inkPx: Box | null;
  /** As `inkPx`, in mm. */
  readonly inkMm: Box | null;
  /** The ink itself, without what a skipping pen left white, whole even where another character lies over it; null where blank. */
  readonly ink: InkMask | null;
  /** What happened to it, where something did. Crossed out: `ink` includes the strokes over it. Overwritten: that of both characters. */
  readonly mishap?: Mishap;
  /** The character below an overwritten one, or the one that was rubbed out. */
  readonly under?: string;
}

export interface TruthField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly prompt: string;
  /** All written characters in order, without those left blank. */
  readonly written: string;
  readonly glyphs: readonly TruthGlyph[];
}

/** What the pen did on one page: pixel coordinates are those of the page raster before any camera. */
export interface PageTruth {
  readonly widthPx: number;
  readonly heightPx: number;
  /** px per mm in x and y; a rasteriser rounds the page's size, so the two may differ a little. */
  readonly pxPerMm: readonly [number, number];
  readonly writerSeed: number;
  readonly writerCode: string | null;
  readonly fields: readonly TruthField[];
  /** Bounds in page px of marks beside the fields, where there are any. */
  readonly strayMarks?: readonly Box[];
}

/** Bounds of the mask's pixels at half coverage and more, in page px; null where there are none. */
export function findInkBounds(mask: InkMask): Box | null {
  let left = Infinity;
  let top = Infinity;
  let right = -1;
  let bottom = -1;
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++) {
      if (mask.coverage[y * mask.width + x] < INK_COVERAGE) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0 ? null : [mask.x + left, mask.y + top, right - left + 1, bottom - top + 1];
}

/** Which character each pixel of the page belongs to: its `id`, 0 for none; the later one where two overlap. */
export function buildLabelMap(truth: PageTruth): Uint16Array {
  const map = new Uint16Array(truth.widthPx * truth.heightPx);
  for (const field of truth.fields) {
    for (const { id, ink } of field.glyphs) {
      if (!ink) continue;
      for (let y = 0; y < ink.height; y++) {
        const row = ink.y + y;
        if (row < 0 || row >= truth.heightPx) continue;
        for (let x = 0; x < ink.width; x++) {
          const column = ink.x + x;
          if (column < 0 || column >= truth.widthPx || ink.coverage[y * ink.width + x] < INK_COVERAGE) continue;
          map[row * truth.widthPx + column] = id;
        }
      }
    }
  }
  return map;
}
