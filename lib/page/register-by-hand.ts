import type { Fiducial } from "../card/card-manifest.ts";
import type { Point } from "../core/geometry.ts";
import { applyHomography, type Homography, invertHomography, solveHomography } from "../image/homography.ts";
import type { PageRaster } from "../image/page-raster.ts";
import type { FoundFiducial } from "./find-fiducials.ts";
import { findMarkNear, markQuad } from "./find-mark-near.ts";
import type { PageCard } from "./read-page-code.ts";
import { type Anchor, refineOnLines } from "./refine-on-lines.ts";

/** Scan px of the centres of the four corner marks: top left, top right, bottom right, bottom left of the card as printed. */
export type HandCorners = readonly [Point, Point, Point, Point];

export type HandRegistration =
  | {
      /** Those that were seen; where they are fewer than three, the others stand where corners and printed lines say. For `registerPage`. */
      readonly marks: readonly FoundFiducial[];
      /** How well the printed lines fit, root mean square, where marks had to be made up; else the marks' own residual tells. */
      readonly residualMm: number | null;
    }
  | { readonly marks: null; readonly message: string };

export const CROSSED_CORNERS =
  "The four corners lie on one line, or in the wrong order: 1 to 4 run clockwise around the card, from its top left as printed. Drag each to the centre of its own corner mark.";

/** A hand puts a handle to about a millimetre, on a covered mark to a few. */
const HAND_SIGMA_MM = 2;
const MARK_SIGMA_MM = 0.15;
/** A real mark counts where it lies this near to the hand's: two neighbouring cards' marks are 20 mm apart. */
const REACH_MM = 6;
/** With so many real marks the hand's corners only said where to look. */
const ENOUGH_MARKS = 3;
/** A map that fits shows nearly all lines of every field; one that is caught a box off, or bent, has shown at most 0.7 of some field's. */
const MIN_LINES_SEEN = 0.8;

/**
 * A registration from four corners set by hand. They say roughly where the card lies; the real marks near them are taken where they can be seen, and
 * the rest is fitted to the printed lines. Where fewer than three marks are seen the lines also judge: corners that are wrong (by a box, or turned) leave lines on bare paper, and the page is refused.
 * @param found marks the detector has found.
 */
export function registerByHand(
  raster: PageRaster,
  corners: HandCorners,
  card: PageCard,
  found: readonly FoundFiducial[],
): HandRegistration {
  const fiducials = [...card.page.fiducials].sort((a, b) => a.id - b.id);
  const turn = findTurn(raster, corners, fiducials, found);
  if (turn === null) return { marks: null, message: CROSSED_CORNERS };
  const { rough, real } = turn;
  if (real.length >= ENOUGH_MARKS) return { marks: real, residualMm: null };

  const anchors = fiducials.flatMap((mark, i): Anchor[] => {
    const seen = real.find(({ id }) => id === mark.id);
    if (seen === undefined) return [{ mm: { x: mark.xMm, y: mark.yMm }, px: turn.corners[i], sigmaMm: HAND_SIGMA_MM }];
    const half = mark.sizeMm / 2;
    const offsets = [
      [-half, -half],
      [half, -half],
      [half, half],
      [-half, half],
    ];
    return offsets.map(([x, y], k) => ({ mm: { x: mark.xMm + x, y: mark.yMm + y }, px: seen.corners[k], sigmaMm: MARK_SIGMA_MM }));
  });
  const fit = refineOnLines(raster, rough, card, anchors);
  const unseen = [...fit.seen].filter(([, share]) => share < MIN_LINES_SEEN).map(([name]) => name);
  if (unseen.length > 0 || fit.edgesSeen < MIN_LINES_SEEN) {
    const where = unseen.length === 0 ? "the outermost printed lines" : `the printed lines of ${listNames(unseen)}`;
    return {
      marks: null,
      message: `With these corners ${where} can't be seen where they should be: a corner is off, two corners are exchanged, or that part is covered. Drag each corner to the centre of its mark (1 is the card's top left, as printed).`,
    };
  }
  return { marks: fiducials.map((mark) => real.find(({ id }) => id === mark.id) ?? madeUp(mark, fit.mmToPx)), residualMm: fit.residualMm };
}

/** Marks as if they had been found at the hand's corners, on whatever paper `fiducials` are of; null where the corners span no card. */
export function roughMap(fiducials: readonly Fiducial[], corners: HandCorners): Homography | null {
  const turns = corners.map((p, i) => {
    const [a, b] = [corners[(i + 1) % 4], corners[(i + 2) % 4]];
    return (a.x - p.x) * (b.y - a.y) - (a.y - p.y) * (b.x - a.x);
  });
  // As printed the corners run clockwise; a card seen from its front can't do otherwise, and stays convex.
  const size = Math.hypot(corners[2].x - corners[0].x, corners[2].y - corners[0].y);
  if (turns.some((turn) => turn <= 1e-3 * size * size)) return null;
  return solveHomography(
    fiducials.map(({ xMm, yMm }) => ({ x: xMm, y: yMm })),
    corners,
  );
}

interface Turn {
  readonly corners: HandCorners;
  readonly rough: Homography;
  readonly real: readonly FoundFiducial[];
}

/**
 * The hand's order, unless two marks or more are seen in another one and none in it: then the corners were set as the picture lies, not as the
 * card is printed, and the marks know better.
 */
function findTurn(
  raster: PageRaster,
  [a, b, c, d]: HandCorners,
  fiducials: readonly Fiducial[],
  found: readonly FoundFiducial[],
): Turn | null {
  const orders: readonly HandCorners[] = [
    [a, b, c, d],
    [b, c, d, a],
    [c, d, a, b],
    [d, a, b, c],
  ];
  let given: Turn | null = null;
  for (const corners of orders) {
    const rough = roughMap(fiducials, corners);
    if (rough === null) return null;
    const turn = { corners, rough, real: findRealMarks(raster, rough, fiducials, found) };
    if (given === null) given = turn;
    if (given.real.length > 0) return given;
    if (turn.real.length >= 2) return turn;
  }
  return given;
}

function findRealMarks(
  raster: PageRaster,
  rough: Homography,
  fiducials: readonly Fiducial[],
  found: readonly FoundFiducial[],
): FoundFiducial[] {
  const pxToMm = invertHomography(rough);
  return fiducials.flatMap((mark) => {
    const near = found
      .filter(({ id }) => id === mark.id)
      .map((candidate) => ({ candidate, away: distanceMm(pxToMm, candidate, mark) }))
      .filter(({ away }) => away <= REACH_MM)
      .sort((a, b) => a.away - b.away);
    const seen = near[0]?.candidate ?? findMarkNear(raster.gray, rough, mark, REACH_MM);
    return seen === null ? [] : [seen];
  });
}

function distanceMm(pxToMm: Homography, { corners }: FoundFiducial, { xMm, yMm }: Fiducial): number {
  const centre = applyHomography(pxToMm, {
    x: corners.reduce((sum, p) => sum + p.x, 0) / 4,
    y: corners.reduce((sum, p) => sum + p.y, 0) / 4,
  });
  return Math.hypot(centre.x - xMm, centre.y - yMm);
}

function madeUp(mark: Fiducial, mmToPx: Homography): FoundFiducial {
  return { id: mark.id, corners: markQuad(mmToPx, mark), wrongBits: 0 };
}

function listNames(names: readonly string[]): string {
  return names.length <= 3 ? `field ${names.join(", ")}` : `field ${names.slice(0, 3).join(", ")} and ${names.length - 3} others`;
}
