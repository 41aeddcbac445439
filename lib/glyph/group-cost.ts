import type { Box } from "../core/geometry.ts";
import { type Lattice, type Part, spanOf } from "./build-lattice.ts";
import type { GroupImage } from "./group-image.ts";
import { measureExtents } from "./measure-extents.ts";

/** Weights of the shape's share, by kind of writing; costs are in nats, as the classifier's are. */
export interface ShapeWeights {
  /** Widest usual character's body over the usual height. */
  readonly wide: number;
  /** For each height beyond it, and for its square. */
  readonly widthLinear: number;
  readonly widthSquare: number;
  /** What a column counts whose ink is low (a 5's long bar, a 2's foot), or that has none, of a column's width. */
  readonly lowColumn: number;
  /** For making one character of separate components: each, and for each stroke width between them. */
  readonly join: number;
  readonly joinGap: number;
  /** For each usual height that both pieces of a side-by-side join are taller than half of it. */
  readonly joinTall: number;
  /** For a used cut: each, for each stroke width of ink cut through, for each stroke beyond the first. */
  readonly cut: number;
  readonly cutInk: number;
  readonly cutStroke: number;
  /** For each nat that speaks against a border where a cut goes (`findBorders`), in place of the three before. */
  readonly border: number;
  /** For a used cut along a border: each. */
  readonly borderCut: number;
  /** A component this wide over the usual height may be one character; from `double` on it is surely more. */
  readonly single: number;
  readonly double: number;
  /** For a nat that it may lack a part or have a neighbour's (`measureWhole`). */
  readonly part: number;
  /** What a cut's cost is multiplied by from `double` on, and up to `single`. */
  readonly cheap: number;
  readonly dear: number;
}

/** With a classifier the shape only breaks ties; without one it decides. */
export const DIGIT_WEIGHTS: ShapeWeights = {
  wide: 1.15,
  widthLinear: 2,
  widthSquare: 12,
  lowColumn: 0.5,
  join: 0.25,
  joinGap: 0.5,
  joinTall: 5,
  cut: 1,
  cutInk: 0.15,
  cutStroke: 0.15,
  border: 0.25,
  borderCut: 0.6,
  single: 0.6,
  double: 1.2,
  cheap: 0.35,
  dear: 1.6,
  part: 1,
};
export const LETTER_WEIGHTS: ShapeWeights = {
  wide: 1.45,
  widthLinear: 1,
  widthSquare: 4,
  lowColumn: 1,
  join: 0.35,
  joinGap: 1.6,
  joinTall: 0,
  cut: 2,
  cutInk: 0.9,
  cutStroke: 1,
  border: 0.25,
  borderCut: 0.6,
  single: 1,
  double: 2,
  cheap: 1,
  dear: 1,
  part: 0,
};

export const READ_LETTER_WEIGHTS: ShapeWeights = {
  ...DIGIT_WEIGHTS,
  wide: 1.7,
  widthLinear: 1,
  widthSquare: 4,
  lowColumn: 1,
  joinTall: 1,
  single: 0.9,
  double: 1.8,
  part: 0.5,
  border: 0.12,
  borderCut: 0.1,
};

/** Ink lower than this over the usual height is a bar, not a character's body. */
const LOW = 0.3;

/** How unlike one character the ink between two boundaries is by its shape alone: 0 for an isolated component of usual size. */
export function groupCost(lattice: Lattice, parts: readonly Part[], group: GroupImage, weights: ShapeWeights): number {
  const { heightPx } = lattice;
  const width = bodyWidth(measureExtents(group.image), lattice, weights);
  const height = group.image.height / heightPx;
  let cost = widthCost(width, weights);
  if (height < 0.55) cost += 7 * (0.55 - height);
  if (height > 1.7) cost += 3 * (height - 1.7);
  cost += joinCost(group.boxes, lattice, weights);
  return cost + cutCost(lattice, parts, weights);
}

/**
 * What a group costs at least, without looking at its ink: its cuts, and a width that it reaches for certain. A component has ink in each of its columns, so
 * between two cuts there is some in every column that lies on the right side of both in all rows.
 */
export function leastGroupCost(lattice: Lattice, parts: readonly Part[], weights: ShapeWeights): number {
  const spans = parts.map((part) => spanOf(lattice, part));
  const left = Math.min(...spans.map(([start]) => start));
  const right = Math.max(...spans.map(([, end]) => end));
  const extents = new Uint16Array(Math.max(0, right + 1 - left));
  for (const [i, { piece }] of parts.entries()) {
    const { box, extents: own } = lattice.pieces[piece];
    const [start, end] = spans[i];
    for (let x = start; x <= end; x++) extents[x - left] = Math.max(extents[x - left], own[x - box[0]]);
  }
  return widthCost(bodyWidth(extents, lattice, weights), weights) + cutCost(lattice, parts, weights);
}

/** Over the usual height; low columns count less. */
function bodyWidth(extents: Uint16Array, { heightPx }: Lattice, { lowColumn }: ShapeWeights): number {
  let width = 0;
  for (const extent of extents) width += extent < LOW * heightPx ? lowColumn : 1;
  return width / heightPx;
}

/** @param width over the usual height */
function widthCost(width: number, { wide, widthLinear, widthSquare }: ShapeWeights): number {
  return width > wide ? widthSquare * (width - wide) ** 2 + widthLinear * (width - wide) : 0;
}

/** Half of each cut's cost falls to either side. */
function cutCost({ pieces, heightPx, strokePx }: Lattice, parts: readonly Part[], weights: ShapeWeights): number {
  let cost = 0;
  for (const { piece, after, before } of parts) {
    const dear = dearness(pieces[piece].box[2] / heightPx, weights);
    for (const cut of [after, before])
      if (cut !== null && cut.against !== null) cost += 0.5 * (weights.border * cut.against * Math.max(1, dear) + weights.borderCut * dear);
      else if (cut !== null)
        cost += 0.5 * dear * (weights.cut + (weights.cutInk * cut.crossed) / strokePx + weights.cutStroke * Math.max(0, cut.strokes - 1));
  }
  return cost;
}

/** A component as wide as two characters is cut cheaply, one as wide as a single one hardly ever. */
function dearness(width: number, { single, double, cheap, dear }: ShapeWeights): number {
  const share = Math.max(0, Math.min(1, (width - single) / (double - single)));
  return dear + share * (cheap - dear);
}

/** Separate components of one character lie over each other or close together. */
function joinCost(boxes: readonly Box[], { strokePx, heightPx }: Lattice, weights: ShapeWeights): number {
  const ordered = [...boxes].sort((a, b) => a[0] - b[0]);
  const [firstLeft, , firstWidth, firstHeight] = ordered[0];
  let cost = 0;
  let reach = firstLeft + firstWidth;
  let tallest = firstHeight;
  for (const [left, , width, height] of ordered.slice(1)) {
    const overlap = (reach - left) / Math.min(width, reach - firstLeft);
    // Half covered: a dot over its i, a bar over its 5.
    cost += overlap >= 0.5 ? 0.2 * weights.join : weights.join;
    if (left > reach) cost += (weights.joinGap * (left - reach)) / strokePx;
    // Two tall pieces side by side are two characters, rather than a broken one.
    if (overlap < 0.5) cost += weights.joinTall * Math.max(0, Math.min(tallest, height) / heightPx - 0.5);
    reach = Math.max(reach, left + width);
    tallest = Math.max(tallest, height);
  }
  return cost;
}
