import type { Point } from "../../core/geometry.ts";
import { InkformError } from "../../core/inkform-error.ts";
import { segmentField } from "../../glyph/segment-field.ts";
import type { GlyphClassifier } from "../../glyph/segment-options.ts";
import { findComponents } from "../../image/connected-components.ts";
import type { PageInk } from "../page-ink.ts";
import { type InkPiece, takeInk } from "./ink-piece.ts";

/** A connected piece is cut only where each side holds this much of it; else it goes whole to the side that holds more. */
const SPLIT_SHARE = 0.3;

/**
 * Two characters out of one glyph's ink, along the path that the search for cuts finds best.
 * @param classifier leave out for writing that it does not know
 * @throws InkformError `invalid-argument` where the search finds no two characters in it
 */
export function splitPiece(piece: InkPiece, classifier?: GlyphClassifier): [InkPiece, InkPiece] {
  const { segments } = segmentField(piece.image, { expectedCount: 2, ...(classifier && { classifier }) });
  if (segments.length !== 2) {
    throw new InkformError(
      "invalid-argument",
      "No place was found at which this glyph parts into two characters. Draw the line between them, or the box of each; nothing was changed.",
    );
  }
  const [a, b] = segments.map(({ image, x, y }): InkPiece => ({ image, x: piece.x + x, y: piece.y + y }));
  return [a, b];
}

/**
 * Two characters out of one glyph's ink, on the two sides of a line.
 * @param line two points in scan px; it is drawn on beyond them
 * @returns first what lies left of the line as the page is printed
 * @throws InkformError `invalid-argument` where one side has no ink
 */
export function splitAlong(page: PageInk, piece: InkPiece, line: readonly [Point, Point]): [InkPiece, InkPiece] {
  const { image } = piece;
  const [from, to] = line;
  const { labels, components } = findComponents(image);
  const side = new Uint8Array(image.data.length);
  const onFirst = new Int32Array(components.length + 1);
  for (const [i, ink] of image.data.entries()) {
    if (ink === 0) continue;
    const column = i % image.width;
    const p = page.toScan({ x: piece.x + column + 0.5, y: piece.y + (i - column) / image.width + 0.5 });
    if ((to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x) <= 0) continue;
    side[i] = 1;
    onFirst[labels[i]]++;
  }
  for (const { label, area } of components) {
    const share = onFirst[label] / area;
    if (Math.min(share, 1 - share) >= SPLIT_SHARE) continue;
    for (const [i, own] of labels.entries()) if (own === label) side[i] = share > 0.5 ? 1 : 0;
  }
  const parts = [1, 0].map((which) => takeInk(image, piece, (x, y) => side[y * image.width + x] === which));
  const [a, b] = parts;
  if (a === null || b === null) {
    throw new InkformError(
      "invalid-argument",
      "All of this glyph's ink lies on one side of the line. Draw the line between the two characters; nothing was changed.",
    );
  }
  return middle(a) <= middle(b) ? [a, b] : [b, a];
}

function middle({ x, image }: InkPiece): number {
  return x + image.width / 2;
}
