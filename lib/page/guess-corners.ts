import type { Fiducial } from "../card/card-manifest.ts";
import type { Point } from "../core/geometry.ts";
import { applyHomography, solveHomography } from "../image/homography.ts";
import { solveLinear } from "../image/solve-linear.ts";
import type { FoundFiducial } from "./find-fiducials.ts";
import type { HandCorners } from "./register-by-hand.ts";

/** Without any mark the corners start this far inside the picture, as a share of its sides. */
const INSET = 0.08;

/**
 * Where the four corner marks of a card may be, for a person to start from: those that were found, and the others as they follow from these (by
 * perspective from three or four, by turn and size alone from one or two); without any, the picture's own corners.
 * @param found marks of one card
 * @param fiducials where the marks stand on the card; of any paper, for a start
 */
export function guessCorners(
  found: readonly FoundFiducial[],
  fiducials: readonly Fiducial[],
  picture: { readonly width: number; readonly height: number },
): HandCorners {
  const from: Point[] = [];
  const to: Point[] = [];
  for (const { id, xMm, yMm, sizeMm } of fiducials) {
    const mark = found.find((candidate) => candidate.id === id);
    if (mark === undefined) continue;
    const half = sizeMm / 2;
    for (const [k, [sx, sy]] of SIDES.entries()) {
      from.push({ x: xMm + sx * half, y: yMm + sy * half });
      to.push(mark.corners[k]);
    }
  }
  const map = from.length >= 12 ? solveHomography(from, to) : from.length >= 4 ? solveSimilarity(from, to) : null;
  const [a, b, c, d] = [...fiducials]
    .sort((p, q) => p.id - q.id)
    .map(({ xMm, yMm }, i): Point => {
      if (map !== null) return applyHomography(map, { x: xMm, y: yMm });
      const [sx, sy] = SIDES[i];
      return { x: picture.width * (0.5 + sx * (0.5 - INSET)), y: picture.height * (0.5 + sy * (0.5 - INSET)) };
    });
  return [a, b, c, d];
}

/** Top left, top right, bottom right, bottom left. */
const SIDES = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const;

/** u = a x - b y + c, v = b x + a y + d by least squares. */
function solveSimilarity(from: readonly Point[], to: readonly Point[]): Float64Array | null {
  const normal = new Float64Array(16);
  const right = new Float64Array(4);
  for (const [i, { x, y }] of from.entries()) {
    for (const [row, value] of [
      [[x, -y, 1, 0], to[i].x],
      [[y, x, 0, 1], to[i].y],
    ] as const) {
      for (let r = 0; r < 4; r++) {
        for (let c = 0; c < 4; c++) normal[4 * r + c] += row[r] * row[c];
        right[r] += row[r] * value;
      }
    }
  }
  const solved = solveLinear(normal, right);
  if (solved === null) return null;
  const [a, b, c, d] = solved;
  return Float64Array.of(a, -b, c, b, a, d, 0, 0, 1);
}
