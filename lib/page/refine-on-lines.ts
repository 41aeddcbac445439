import type { Field } from "../card/card-manifest.ts";
import type { Point } from "../core/geometry.ts";
import { applyHomography, type Homography, invertHomography, multiplyHomography } from "../image/homography.ts";
import type { PageRaster } from "../image/page-raster.ts";
import { solveLinear } from "../image/solve-linear.ts";
import { listPrinted, type PrintedLine } from "./list-printed.ts";
import { type LocatedLine, locateLines } from "./locate-lines.ts";
import type { PageCard } from "./read-page-code.ts";
import { type RectifiedPage, rectifyPage } from "./rectify-page.ts";
import { PX_PER_MM_300 } from "./register-page.ts";

/** A point known on the card and in the scan, and how far it may be wrong. */
export interface Anchor {
  readonly mm: Point;
  readonly px: Point;
  readonly sigmaMm: number;
}

export interface LineFit {
  /** Card mm -> scan px. */
  readonly mmToPx: Homography;
  /** For each field that has printed lines, the share of them that is seen where the map puts it. */
  readonly seen: ReadonlyMap<string, number>;
  /** The least such share among the fields' outermost lines at the left, right, top and bottom: a map that is off by one box leaves one of these on bare paper. */
  readonly edgesSeen: number;
  /** Root mean square of how far the pieces of lines that are seen lie beside where the map puts them. */
  readonly residualMm: number;
}

const MOST_ROUNDS = 10;
/** A correction that moves no corner of the page by more than this is the last. */
const SETTLED_MM = 0.05;
const TILE_MM = 40;
/** Shorter ends of a line at a tile's edge say nothing. */
const LEAST_PIECE_MM = 2;
/** How well a seen piece of a line is measured. */
const LINE_SIGMA_MM = 0.15;
/** Pieces farther off than this from the fit count for nothing (Tukey's biweight): they are strokes, or another line. */
const OUTLIER_MM = 1.6;
/** A line is seen where the grey on it is this much darker than on both sides. */
const MIN_CONTRAST = 12;
const BESIDE_MM = 0.55;
/** At the end a line must lie this near to where the map puts it: a field may move so much by curl. */
const NEAR_MM = 0.9;

interface Piece {
  /** Where the map puts it, and where it is seen, in card mm under the map so far. */
  readonly mm: Point;
  readonly offMm: number;
  readonly direction: "h" | "v";
  readonly seen: boolean;
}

/**
 * Improves a rough map on the card's printed lines: the fields' lines are located (`locateLines`), a projective correction is fitted to all pieces
 * that are seen, robustly, and so on from the better map. Fields near a good corner lock first and draw the others along.
 * @param anchors points that hold the map where no line can be seen.
 */
export function refineOnLines(raster: PageRaster, rough: Homography, card: PageCard, anchors: readonly Anchor[]): LineFit {
  let mmToPx = rough;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const pieces = measure(raster, mmToPx, card, tilesOf(card)).flatMap((tile) => tile.lines.flat());
    const change = fitChange(card, pieces, anchors, invertHomography(mmToPx));
    if (change === null) break;
    mmToPx = multiplyHomography(mmToPx, change);
    if (largestMove(change, card) < SETTLED_MM) break;
  }
  const whole = { fields: card.page.fields, lines: listPrinted(card.card, card.pageIndex).lines };
  return { mmToPx, ...judge(measure(raster, mmToPx, card, whole)) };
}

interface Parts {
  readonly fields: readonly Field[];
  readonly lines: readonly PrintedLine[];
}

/** The page's lines cut up into tiles: within one a rough map is off by nearly one shift, which along a whole row it is not. */
function tilesOf({ card, page, pageIndex }: PageCard): Parts {
  const fields: Field[] = [];
  const lines: PrintedLine[] = [];
  const printed = listPrinted(card, pageIndex).lines;
  for (let y = 0; y < page.heightMm; y += TILE_MM) {
    for (let x = 0; x < page.widthMm; x += TILE_MM) {
      const inside = printed.flatMap((line) => clip(line, x, y));
      if (inside.length === 0) continue;
      fields.push({ name: `${x} ${y}`, kind: "text", prompt: "", box: [x, y, TILE_MM, TILE_MM], boxes: [] });
      lines.push(...inside);
    }
  }
  return { fields, lines };
}

function clip(line: PrintedLine, x: number, y: number): PrintedLine[] {
  const [across, along] = line.direction === "h" ? [y, x] : [x, y];
  const from = Math.max(line.from, along);
  const to = Math.min(line.to, along + TILE_MM);
  return line.at >= across && line.at < across + TILE_MM && to - from >= LEAST_PIECE_MM ? [{ ...line, from, to }] : [];
}

interface MeasuredField {
  readonly name: string;
  readonly lines: readonly (readonly Piece[])[];
}

function measure(raster: PageRaster, mmToPx: Homography, { page, dropOut }: PageCard, { fields, lines }: Parts): MeasuredField[] {
  const rectified = rectifyPage(raster, mmToPx, page, dropOut);
  return fields.map((field) => ({
    name: field.name,
    lines: locateLines(rectified, field, lines).lines.map((line) => toPieces(rectified, line)),
  }));
}

function toPieces(page: RectifiedPage, located: LocatedLine): Piece[] {
  const { line, pieces, from, to } = located;
  const step = (to - from) / pieces.length;
  const [alongOrigin, acrossOrigin] = line.direction === "h" ? [page.originMm.x, page.originMm.y] : [page.originMm.y, page.originMm.x];
  return pieces.map(({ along, centre }) => {
    const alongMm = alongOrigin + along / PX_PER_MM_300;
    return {
      mm: line.direction === "h" ? { x: alongMm, y: line.at } : { x: line.at, y: alongMm },
      offMm: acrossOrigin + centre / PX_PER_MM_300 - line.at,
      direction: line.direction,
      seen: contrastOf(page, located, { along, centre, step }) >= MIN_CONTRAST,
    };
  });
}

/** How much darker the line is than the lighter half of what lies on each side of it, whichever side is darker. */
function contrastOf(
  { print }: RectifiedPage,
  { line, widthPx }: LocatedLine,
  piece: { along: number; centre: number; step: number },
): number {
  const beside = Math.round(BESIDE_MM * PX_PER_MM_300 + widthPx / 2);
  const means = [-beside, 0, beside].map((off) => {
    let sum = 0;
    let count = 0;
    for (let k = -0.4; k <= 0.4; k += 0.05) {
      const along = Math.floor(piece.along + k * piece.step);
      const across = Math.floor(piece.centre + off);
      const [x, y] = line.direction === "h" ? [along, across] : [across, along];
      if (x < 0 || y < 0 || x >= print.width || y >= print.height) continue;
      sum += print.data[y * print.width + x];
      count++;
    }
    return count === 0 ? 255 : sum / count;
  });
  return Math.min(means[0], means[2]) - means[1];
}

/** The projective correction (card mm -> card mm, near the identity) that brings the lines to where they are seen: eight unknowns, weighted least squares. */
function fitChange({ page }: PageCard, pieces: readonly Piece[], anchors: readonly Anchor[], pxToMm: Homography): Homography | null {
  const [cx, cy, half] = [page.widthMm / 2, page.heightMm / 2, page.heightMm / 2];
  const normal = new Float64Array(64);
  const right = new Float64Array(8);
  const add = (mm: Point, direction: "h" | "v", offMm: number, weight: number): void => {
    const u = (mm.x - cx) / half;
    const v = (mm.y - cy) / half;
    const row = direction === "v" ? [u, v, 1, 0, 0, 0, -u * u, -u * v] : [0, 0, 0, u, v, 1, -u * v, -v * v];
    for (let r = 0; r < 8; r++) {
      for (let c = 0; c < 8; c++) normal[8 * r + c] += weight * row[r] * row[c];
      right[r] += (weight * row[r] * offMm) / half;
    }
  };
  for (const { mm, px, sigmaMm } of anchors) {
    const seen = applyHomography(pxToMm, px);
    add(mm, "v", seen.x - mm.x, 1 / sigmaMm ** 2);
    add(mm, "h", seen.y - mm.y, 1 / sigmaMm ** 2);
  }
  for (const { mm, direction, offMm, seen } of pieces) {
    if (!seen || Math.abs(offMm) >= OUTLIER_MM) continue;
    add(mm, direction, offMm, (1 - (offMm / OUTLIER_MM) ** 2) ** 2 / LINE_SIGMA_MM ** 2);
  }
  const g = solveLinear(normal, right);
  if (g === null) return null;
  const toUnit = Float64Array.of(1 / half, 0, -cx / half, 0, 1 / half, -cy / half, 0, 0, 1);
  const fromUnit = Float64Array.of(half, 0, cx, 0, half, cy, 0, 0, 1);
  return multiplyHomography(
    fromUnit,
    multiplyHomography(Float64Array.of(1 + g[0], g[1], g[2], g[3], 1 + g[4], g[5], g[6], g[7], 1), toUnit),
  );
}

function largestMove(change: Homography, { page: { widthMm, heightMm } }: PageCard): number {
  const moves = [0, widthMm].flatMap((x) =>
    [0, heightMm].map((y) => {
      const moved = applyHomography(change, { x, y });
      return Math.hypot(moved.x - x, moved.y - y);
    }),
  );
  return Math.max(...moves);
}

function judge(fields: readonly MeasuredField[]): Omit<LineFit, "mmToPx"> {
  const seen = new Map<string, number>();
  const edges = new Map<string, Piece[]>();
  for (const { name, lines } of fields) {
    if (lines.length === 0) continue;
    seen.set(name, shareSeen(lines.flat()));
    for (const direction of ["h", "v"] as const) {
      const across = lines.filter((pieces) => pieces[0].direction === direction).sort((a, b) => acrossOf(a[0]) - acrossOf(b[0]));
      if (across.length === 0) continue;
      const ends = [acrossOf(across[0][0]), acrossOf(across[across.length - 1][0])];
      for (const [end, at] of ends.entries()) {
        const key = `${direction}${end}`;
        edges.set(key, [...(edges.get(key) ?? []), ...across.filter((pieces) => Math.abs(acrossOf(pieces[0]) - at) < 0.1).flat()]);
      }
    }
  }
  const offs = fields.flatMap(({ lines }) => lines.flat().filter((piece) => piece.seen)).map((piece) => piece.offMm);
  const residualMm = Math.sqrt(offs.reduce((sum, off) => sum + off * off, 0) / Math.max(1, offs.length));
  return { seen, edgesSeen: Math.min(1, ...[...edges.values()].map(shareSeen)), residualMm };
}

function acrossOf({ mm, direction }: Piece): number {
  return direction === "h" ? mm.y : mm.x;
}

function shareSeen(pieces: readonly Piece[]): number {
  return pieces.filter((piece) => piece.seen && Math.abs(piece.offMm) <= NEAR_MM).length / Math.max(1, pieces.length);
}
