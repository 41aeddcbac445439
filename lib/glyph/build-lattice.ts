import type { Box } from "../core/geometry.ts";
import { type Components, findComponents } from "../image/connected-components.ts";
import { crop } from "../image/crop.ts";
import type { BinaryImage } from "../image/images.ts";
import { findStrokeWidth } from "../image/stroke-width.ts";
import { cutAlongBorders } from "./border/cut-along-borders.ts";
import { type Cut, type CutPiece, findCuts, isLeftOf, LEFT, RIGHT } from "./find-cuts.ts";
import { measureExtents } from "./measure-extents.ts";

type Component = Components["components"][number];

/** A field without a run to measure: a ball pen's width at 300 dpi. */
const NO_STROKE_PX = 7;

/** Cuts along seams for each character that a component may hold by its width. */
const FEW_CUTS = 4;

/** A component of the field's ink. */
export interface Piece {
  readonly box: Box;
  readonly area: number;
  /** Its own ink alone, of the box's size. */
  readonly mask: BinaryImage;
  /** From each column's first ink to its last, px. */
  readonly extents: Uint16Array;
  /** The bits that cuts part it into; none where it is not cut. */
  readonly atoms: CutPiece["atoms"];
}

/** A place where one character may end and the next begin: before a piece, or along a cut through it. */
export interface Boundary {
  /** Pieces before this one lie on the left side, pieces after it on the right. */
  readonly piece: number;
  /** Null: the whole piece lies on the right side. */
  readonly cut: Cut | null;
}

export interface Lattice {
  /** The field's. */
  readonly ink: BinaryImage;
  /** Left to right by their centres. */
  readonly pieces: readonly Piece[];
  /** Components too small to be one. */
  readonly specks: readonly Piece[];
  /** Left to right; the first lies before all ink, the last behind it. */
  readonly boundaries: readonly Boundary[];
  /** Usual stroke width and character height in px. */
  readonly strokePx: number;
  readonly heightPx: number;
}

export interface BuildLatticeOptions {
  /** Components wider than this many times the characters' height are cut. */
  readonly sliceAbove: number;
  /** True where a classifier will choose among many cuts, along likely borders; false: a few along seams. */
  readonly manyCuts: boolean;
}

/** Lists where a field's ink may be parted. Specks (less than half of a pen's dot) are none of its pieces. */
export function buildLattice(ink: BinaryImage, options: BuildLatticeOptions): Lattice {
  const { labels, components } = findComponents(ink);
  const strokePx = findStrokeWidth(ink) ?? NO_STROKE_PX;
  const speck = Math.max(14, 0.5 * strokePx * strokePx);
  const kept = components.filter((component) => component.area >= speck);
  const specks = components.filter((component) => component.area < speck).map((component) => cutPiece(ink, labels, component));
  const heightPx = usualHeight(kept, strokePx);
  const pieces = kept.map((component) => cutPiece(ink, labels, component)).sort((a, b) => centre(a) - centre(b));
  const scale = { ink, strokePx, heightPx, ...options };
  return toLattice(
    pieces.map((piece) => cutsOf(piece, scale)),
    { specks, ...scale },
  );
}

/** The same lattice with cuts through more components: all as wide as `options` say but those in `whole`, and those that were cut already. */
export function cutFurther({ pieces, boundaries, ...rest }: Lattice, options: BuildLatticeOptions, whole: ReadonlySet<number>): Lattice {
  const scale = { ...rest, ...options };
  return toLattice(
    pieces.map((piece, i) => {
      const cuts = boundaries.flatMap(({ piece: of, cut }) => (of === i && cut !== null ? [cut] : []));
      return whole.has(i) || piece.atoms.length > 0 ? { piece, cuts } : cutsOf(piece, scale);
    }),
    rest,
  );
}

function toLattice(
  cut: readonly { readonly piece: Piece; readonly cuts: readonly Cut[] }[],
  { ink, specks, strokePx, heightPx }: Omit<Lattice, "pieces" | "boundaries">,
): Lattice {
  const boundaries = cut.flatMap(({ cuts }, i): Boundary[] => [{ piece: i, cut: null }, ...cuts.map((cut) => ({ piece: i, cut }))]);
  boundaries.push({ piece: cut.length, cut: null });
  return { ink, pieces: cut.map(({ piece }) => piece), specks, boundaries, strokePx, heightPx };
}

function centre({ box }: Piece): number {
  return box[0] + box[2] / 2;
}

function cutPiece(ink: BinaryImage, labels: Int32Array, { label, box, area }: Component): Piece {
  const mask = crop(ink, box);
  for (let y = 0; y < box[3]; y++)
    for (let x = 0; x < box[2]; x++) if (labels[(box[1] + y) * ink.width + box[0] + x] !== label) mask.data[y * box[2] + x] = 0;
  return { box, area, mask, extents: measureExtents(mask), atoms: [] };
}

function cutsOf(
  piece: Piece,
  scale: { ink: BinaryImage; strokePx: number; heightPx: number } & BuildLatticeOptions,
): { piece: Piece; cuts: readonly Cut[] } {
  const [, , width, height] = piece.box;
  const { strokePx, heightPx } = scale;
  if (width <= scale.sliceAbove * heightPx || height <= 1.5 * strokePx) return { piece, cuts: [] };
  const { atoms, cuts } = scale.manyCuts
    ? cutAlongBorders(piece.mask, { ...scale, box: piece.box })
    : findCuts(piece.mask, { strokePx, heightPx, maxCuts: Math.ceil((FEW_CUTS * width) / (0.5 * heightPx)) });
  return { piece: { ...piece, atoms }, cuts };
}

/** Median height of what is high enough to be a character; 40 px (3.4 mm at 300 dpi) where there is none. */
function usualHeight(components: readonly Component[], strokePx: number): number {
  const heights = components.map(({ box }) => box[3]).filter((height) => height >= 2.5 * strokePx && height >= 14);
  heights.sort((a, b) => a - b);
  return heights.length > 0 ? heights[heights.length >> 1] : 40;
}

/** What of one piece belongs to a group: its ink from the cut `after` on and before the cut `before`. */
export interface Part {
  readonly piece: number;
  readonly after: Cut | null;
  readonly before: Cut | null;
}

/** The parts between two boundaries; null where there is nothing between them or they cross. */
export function partsBetween({ boundaries }: Lattice, from: number, to: number): Part[] | null {
  const left = boundaries[from];
  const right = boundaries[to];
  if (left.piece === right.piece) {
    if (left.cut === null) return [{ piece: left.piece, after: null, before: right.cut }];
    return left.cut !== null && right.cut !== null && isLeftOf(left.cut, right.cut)
      ? [{ piece: left.piece, after: left.cut, before: right.cut }]
      : null;
  }
  const parts: Part[] = [];
  for (let piece = left.piece; piece < right.piece; piece++)
    parts.push({ piece, after: piece === left.piece ? left.cut : null, before: null });
  if (right.cut !== null) parts.push({ piece: right.piece, after: null, before: right.cut });
  return parts;
}

/** Calls `visit` with the field's coordinates of every ink px of a part, and whether it lies on the part's own side of its cuts or is another's that it shares. */
export function visitPart(
  { pieces }: Lattice,
  { piece, after, before }: Part,
  visit: (x: number, y: number, isOwn: boolean) => void,
): void {
  const {
    box: [left, top, width, height],
    mask,
  } = pieces[piece];
  const [first, last] = [after === null ? 0 : after.rightReach, before === null ? width - 1 : before.leftReach];
  for (let y = 0; y < height; y++)
    for (let x = first, i = y * width + first; x <= last; x++, i++) {
      if (mask.data[i] === 0) continue;
      const [from, to] = [after === null ? RIGHT : after.side[i], before === null ? LEFT : before.side[i]];
      if (from !== LEFT && to !== RIGHT) visit(left + x, top + y, (from & 1) === 1 && (to & 1) === 0);
    }
}

/** The first and the last column in which a part has ink, of the field's; ink that it shares with its neighbours not counted. */
export function spanOf({ pieces }: Lattice, { piece, after, before }: Part): [number, number] {
  const {
    box: [start, , width],
    atoms,
  } = pieces[piece];
  if (after === null && before === null) return [start, start + width - 1];
  let left = width;
  let right = -1;
  for (const [i, { minX, maxX }] of atoms.entries()) {
    const bit = 1n << BigInt(i);
    if ((after !== null && after.left & bit) || (before !== null && !(before.left & bit))) continue;
    left = Math.min(left, minX);
    right = Math.max(right, maxX);
  }
  return [start + left, start + right];
}
