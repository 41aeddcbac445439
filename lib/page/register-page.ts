import type { CardPage } from "../card/card-manifest.ts";
import type { Point } from "../core/geometry.ts";
import { applyHomography, type Homography, homographyJacobian, solveHomography } from "../image/homography.ts";
import type { FoundFiducial } from "./find-fiducials.ts";
import type { Quad } from "./find-quads.ts";

/** px of a scan per mm of a card at 300 dpi. */
export const PX_PER_MM_300 = 300 / 25.4;

/** A place known on the card and in the scan. */
export interface Anchor {
  readonly mm: Point;
  readonly px: Point;
}

export interface PageRegistration {
  /** Card mm -> scan px. */
  readonly mmToPx: Homography;
  /** Root mean square of the distance between the marks' corners and where the map puts them, in scan px. */
  readonly residualPx: number;
  /** Ids of the marks it rests on. */
  readonly used: readonly number[];
  /** These marks' corners, on the card and in the scan. */
  readonly anchors: readonly Anchor[];
  /** Scan px per mm at the page's middle (geometric mean of both directions). */
  readonly pxPerMm: number;
  /** Clockwise turn of the printed page in the scan, degrees in (-180, 180]. */
  readonly rotationDeg: number;
}

/** One mark in four may lie this much worse than the others before it is taken for a mistake (a mark of another card, a fold). */
const OUTLIER_RATIO = 4;
const MIN_MARKS = 3;
/** White around a square code, within its box, in modules. */
const CODE_QUIET_MODULES = 4;
/** Two marks and their card's code fit together to within this, on bent paper too; another card's code lies centimetres off. */
const MAX_CODE_RESIDUAL_MM = 3;

/** A page's square code as found in the scan. */
export interface CodePlace {
  /** Top left, top right, bottom right, bottom left as printed; scan px. */
  readonly corners: Quad;
  readonly modules: number;
}

/**
 * Card mm -> scan px from all corners of all marks found, by least squares. Of marks with the same id the best match counts. Where
 * one of four marks contradicts the other three, it is left out.
 *
 * @param code counts where there are but two marks
 * @returns null with fewer than three different marks, or two and a code that fits to them.
 */
export function registerPage(found: readonly FoundFiducial[], page: CardPage, code: CodePlace | null = null): PageRegistration | null {
  const marks = bestOfEachId(found, page);
  if (marks.length === 2 && code !== null) {
    const fit = fitMarks(marks, page, code);
    return fit.residualPx <= MAX_CODE_RESIDUAL_MM * fit.pxPerMm ? fit : null;
  }
  if (marks.length < MIN_MARKS) return null;
  let best = fitMarks(marks, page);
  if (marks.length > MIN_MARKS && best.residualPx > 1) {
    for (const left of marks) {
      const without = fitMarks(
        marks.filter((mark) => mark !== left),
        page,
      );
      if (without.residualPx * OUTLIER_RATIO < best.residualPx) best = without;
    }
  }
  return best;
}

function bestOfEachId(found: readonly FoundFiducial[], page: CardPage): FoundFiducial[] {
  const best = new Map<number, FoundFiducial>();
  for (const mark of found) {
    if (!page.fiducials.some((fiducial) => fiducial.id === mark.id)) continue;
    const other = best.get(mark.id);
    if (!other || mark.wrongBits < other.wrongBits) best.set(mark.id, mark);
  }
  return [...best.values()].sort((a, b) => a.id - b.id);
}

function fitMarks(marks: readonly FoundFiducial[], page: CardPage, code: CodePlace | null = null): PageRegistration {
  const from: Point[] = [];
  const to: Point[] = [];
  for (const mark of marks) {
    const fiducial = page.fiducials.find((candidate) => candidate.id === mark.id);
    if (!fiducial) continue;
    from.push(...squareCorners(fiducial.xMm, fiducial.yMm, fiducial.sizeMm / 2));
    to.push(...mark.corners);
  }
  if (code !== null) {
    const [x, y, size] = page.codeBox;
    const quiet = (CODE_QUIET_MODULES * size) / (code.modules + 2 * CODE_QUIET_MODULES);
    from.push(...squareCorners(x + size / 2, y + size / 2, size / 2 - quiet));
    to.push(...code.corners);
  }
  const mmToPx = solveHomography(from, to);
  let sum = 0;
  for (let i = 0; i < from.length; i++) {
    const p = applyHomography(mmToPx, from[i]);
    sum += (p.x - to[i].x) ** 2 + (p.y - to[i].y) ** 2;
  }
  const [a, b, c, d] = homographyJacobian(mmToPx, { x: page.widthMm / 2, y: page.heightMm / 2 });
  const rotationDeg = (Math.atan2(c - b, a + d) * 180) / Math.PI;
  return {
    mmToPx,
    residualPx: Math.sqrt(sum / from.length),
    used: marks.map((mark) => mark.id),
    anchors: from.map((mm, i) => ({ mm, px: to[i] })),
    pxPerMm: Math.sqrt(Math.abs(a * d - b * c)),
    rotationDeg: rotationDeg <= -180 ? rotationDeg + 360 : rotationDeg,
  };
}

function squareCorners(x: number, y: number, half: number): Point[] {
  return [
    { x: x - half, y: y - half },
    { x: x + half, y: y - half },
    { x: x + half, y: y + half },
    { x: x - half, y: y + half },
  ];
}
