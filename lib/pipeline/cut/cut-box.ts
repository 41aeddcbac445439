import type { Box, Point } from "../../core/geometry.ts";
import { InkformError } from "../../core/inkform-error.ts";
import { findComponents } from "../../image/connected-components.ts";
import { crop } from "../../image/crop.ts";
import type { BinaryImage } from "../../image/images.ts";
import type { PageInk } from "../page-ink.ts";
import { findInInk } from "./find-in-ink.ts";
import { type InkPiece, LEAST_INK, takeInk } from "./ink-piece.ts";

/** Px at 300 dpi: half a mm; 30 mm. */
const LEAST_SIDE = 6;
const LARGEST_SIDE = 354;
/** A connected piece of which less than this lies inside, and which is not most of what is inside, reaches in from a neighbour. */
const REACHING_IN = 0.3;
/** What is left of a printed line: most of it on the line's band, and no longer than this, px (as in lib/page/isolate-boxes.ts). */
const ON_BAND = 0.6;
const REMNANT = 12;
/** How far around the box pieces are followed, px: the height of a character. */
const AROUND = 60;

/**
 * The ink inside a box that a person drew on the scan. Specks, what is left of printed lines, and what reaches in from a neighbour are left out; all
 * else is cut at the box's sides.
 * @param box axis-parallel, in scan px
 * @throws InkformError `invalid-argument` where it is too small or too large for a character, lies beside the page's writing, or holds no ink
 */
export function cutBox(page: PageInk, box: Box): InkPiece {
  const [x, y, w, h] = box;
  const corners = [
    { x, y },
    { x: x + w, y },
    { x: x + w, y: y + h },
    { x, y: y + h },
  ].map((corner) => findInInk(page, corner));
  checkSides(corners);
  const left = Math.floor(Math.min(...corners.map((p) => p.x))) - AROUND;
  const top = Math.floor(Math.min(...corners.map((p) => p.y))) - AROUND;
  const width = Math.ceil(Math.max(...corners.map((p) => p.x))) + AROUND - left;
  const height = Math.ceil(Math.max(...corners.map((p) => p.y))) + AROUND - top;
  const region: Box = [left, top, width, height];
  const view = crop(page.ink, region);
  const inside = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (view.data[row * width + column] === 0) continue;
      const p = page.toScan({ x: left + column + 0.5, y: top + row + 0.5 });
      if (p.x >= x && p.x < x + w && p.y >= y && p.y < y + h) inside[row * width + column] = 1;
    }
  }
  const band = page.band === null ? null : crop({ ...page.ink, data: page.band }, region).data;
  const foreign = findForeign(view, inside, band);
  const piece = takeInk(view, { x: left, y: top }, (column, row) => {
    const i = row * width + column;
    return inside[i] === 1 && !foreign(i);
  });
  if (piece === null) {
    throw new InkformError("invalid-argument", "There is no ink in this box. Draw it around what was written; nothing was changed.");
  }
  return piece;
}

function checkSides([a, b, c, d]: readonly Point[]): void {
  const sides = [length(a, b), length(b, c), length(c, d), length(d, a)];
  if (Math.min(...sides) < LEAST_SIDE) {
    throw new InkformError(
      "invalid-argument",
      "This box is too small for a character: each side must be half a millimetre at least. Nothing was changed.",
    );
  }
  if (Math.max(...sides) > LARGEST_SIDE) {
    throw new InkformError("invalid-argument", "This box is too large for one character: 30 mm a side at most. Nothing was changed.");
  }
}

function length(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Tells of each px of ink whether its connected piece is not to be cut out with the rest. */
function findForeign(view: BinaryImage, inside: Uint8Array, band: Uint8Array | null): (i: number) => boolean {
  const { components, labels } = findComponents(view);
  const within = new Int32Array(components.length + 1);
  const onBand = new Int32Array(components.length + 1);
  let all = 0;
  for (const [i, label] of labels.entries()) {
    if (label === 0) continue;
    if (band !== null && band[i] !== 0) onBand[label]++;
    if (inside[i] === 0) continue;
    within[label]++;
    all++;
  }
  const foreign = components.map(({ label, area, box }) => {
    const isSpeck = area < LEAST_INK;
    const isRemnant = onBand[label] > ON_BAND * area && Math.max(box[2], box[3]) < REMNANT;
    const reachesIn = within[label] < REACHING_IN * area && within[label] < all / 2;
    return isSpeck || isRemnant || reachesIn;
  });
  return (i) => foreign[labels[i] - 1] ?? false;
}
