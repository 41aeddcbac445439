import type { Box } from "../../core/geometry.ts";
import { InkformError } from "../../core/inkform-error.ts";
import type { BinaryImage } from "../../image/images.ts";
import type { PageInk } from "../page-ink.ts";
import { findInInk } from "./find-in-ink.ts";
import type { InkPiece } from "./ink-piece.ts";

/** A glyph as it was cut before: its ink at 300 dpi, and its bounds in scan px. */
export interface CutGlyph {
  readonly raw: BinaryImage;
  readonly bounds: Box;
}

/** Bounds are rounded to whole scan px, and a bent page's box is not straight: the ink lies within this of their middle, px. */
const REACH = 6;
/** On the same page nearly all of a glyph's px are ink. On one that was read otherwise since, most are. */
const LEAST_SEEN = 0.6;

/**
 * Where a glyph's ink lies in the page's, to the pixel.
 * @throws InkformError `conflict` where the page shows other ink there now
 */
export function placePiece(page: PageInk, { raw, bounds: [x, y, w, h] }: CutGlyph): InkPiece {
  const middle = findInInk(page, { x: x + w / 2, y: y + h / 2 });
  const left = Math.round(middle.x - raw.width / 2);
  const top = Math.round(middle.y - raw.height / 2);
  const ink = [...raw.data.keys()].filter((i) => raw.data[i] === 1);
  let best = { x: left, y: top, seen: -1, away: 0 };
  for (let dy = -REACH; dy <= REACH; dy++) {
    for (let dx = -REACH; dx <= REACH; dx++) {
      const seen = countSeen(page.ink, ink, { width: raw.width, x: left + dx, y: top + dy });
      const away = Math.hypot(dx, dy);
      if (seen > best.seen || (seen === best.seen && away < best.away)) best = { x: left + dx, y: top + dy, seen, away };
    }
  }
  if (best.seen < LEAST_SEEN * ink.length) {
    throw new InkformError(
      "conflict",
      "The page's ink is not where this glyph was cut from any more: the page was read otherwise since. Draw its box anew; nothing was changed.",
    );
  }
  return { image: raw, x: best.x, y: best.y };
}

function countSeen({ width, height, data }: BinaryImage, ink: readonly number[], at: { width: number; x: number; y: number }): number {
  let seen = 0;
  for (const i of ink) {
    const column = at.x + (i % at.width);
    const row = at.y + Math.floor(i / at.width);
    if (column >= 0 && column < width && row >= 0 && row < height) seen += data[row * width + column];
  }
  return seen;
}
