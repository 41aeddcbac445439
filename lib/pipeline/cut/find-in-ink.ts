import type { Point } from "../../core/geometry.ts";
import type { PageInk } from "../page-ink.ts";

/** Px over which the map's slope is measured. */
const STEP = 8;
const ROUNDS = 30;
/** Scan px. */
const NEAR = 0.01;

/**
 * Where a point of the scan lies in the ink's image: Newton's method on the smooth map from there to the scan, begun in the image's middle.
 * The point may lie beyond the image's edges.
 */
export function findInInk({ ink, toScan }: PageInk, { x, y }: Point): Point {
  let at: Point = { x: ink.width / 2, y: ink.height / 2 };
  for (let round = 0; round < ROUNDS; round++) {
    const here = toScan(at);
    const [dx, dy] = [x - here.x, y - here.y];
    if (Math.hypot(dx, dy) < NEAR) break;
    const right = toScan({ x: at.x + STEP, y: at.y });
    const below = toScan({ x: at.x, y: at.y + STEP });
    const [a, b, c, d] = [(right.x - here.x) / STEP, (below.x - here.x) / STEP, (right.y - here.y) / STEP, (below.y - here.y) / STEP];
    const determinant = a * d - b * c;
    at = { x: at.x + (d * dx - b * dy) / determinant, y: at.y + (a * dy - c * dx) / determinant };
  }
  return at;
}
