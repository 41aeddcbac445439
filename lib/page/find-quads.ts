import type { Point } from "../core/geometry.ts";
import type { BinaryImage } from "../image/images.ts";
import { findRunComponents, type RunComponents } from "../image/run-components.ts";

/** Four corners, in order around the shape (clockwise as seen, y down). */
export type Quad = readonly [Point, Point, Point, Point];

const MIN_SIDE_PX = 10;
/** A square seen at 55 degrees from straight above is shortened to 0.57. */
const MAX_SIDE_RATIO = 2.2;
/** Of a mark's area: the border alone is 28 of 64 cells; blur and threshold take part of it. */
const LEAST_INK = 0.3;

/** Components of the ink whose outline is a convex four-sided shape that can be a square in perspective. Px of `ink`. */
export function findQuads(ink: BinaryImage): Quad[] {
  const found = findRunComponents(ink);
  const largest = 0.3 * Math.min(ink.width, ink.height);
  const quads: Quad[] = [];
  for (const component of found.components) {
    const [, , w, h] = component.box;
    if (w < MIN_SIDE_PX || h < MIN_SIDE_PX || w > largest || h > largest || component.area < 0.15 * w * h) continue;
    // The four-sided shape would hold all that lies between the first and the last px of each row.
    if (component.area <= LEAST_INK * (1 - 1e-9) * spannedArea(found, component.label)) continue;
    const hull = convexHull(outlinePoints(found, component.label));
    const quad = fourCorners(hull);
    if (quad && isSquareLike(quad, polygonArea(hull), component.area)) quads.push(quad);
  }
  return quads;
}

/** Px from the first to the last of each row. */
function spannedArea({ firstRun, rows, starts, ends }: RunComponents, label: number): number {
  let area = 0;
  for (let run = firstRun[label - 1]; run < firstRun[label]; run++) {
    const left = starts[run];
    while (run + 1 < firstRun[label] && rows[run + 1] === rows[run]) run++;
    area += ends[run] - left;
  }
  return area;
}

/** A place as one number, in the order of x, then of y. */
const COLUMN = 2 ** 24;

/** The outer corners of the first and last pixel of each row: enough for the hull. As numbers `x * COLUMN + y`, ascending. */
function outlinePoints({ firstRun, rows, starts, ends }: RunComponents, label: number): Float64Array {
  const points = new Float64Array(4 * (firstRun[label] - firstRun[label - 1]));
  let count = 0;
  for (let run = firstRun[label - 1]; run < firstRun[label]; run++) {
    const y = rows[run];
    const left = starts[run] * COLUMN + y;
    while (run + 1 < firstRun[label] && rows[run + 1] === y) run++;
    const right = ends[run] * COLUMN + y;
    points[count++] = left;
    points[count++] = left + 1;
    points[count++] = right;
    points[count++] = right + 1;
  }
  return points.subarray(0, count).sort();
}

/** Andrew's monotone chain (1979), clockwise with y down. @param points as `outlinePoints` gives them */
function convexHull(points: Float64Array): Point[] {
  const upper = halfHull(points);
  return [...upper, ...halfHull(points.reverse())];
}

/** Places of the hull's side that is being built: a page has some hundred outlines of some hundred places. */
let xs = new Float64Array(1024);
let ys = new Float64Array(1024);

/** The hull on one side of the line from the first point to the last, without the last. */
function halfHull(points: Float64Array): Point[] {
  if (points.length > xs.length) [xs, ys] = [new Float64Array(2 * points.length), new Float64Array(2 * points.length)];
  let n = 0;
  for (const point of points) {
    const x = Math.floor(point / COLUMN);
    const y = point - x * COLUMN;
    while (n >= 2 && (xs[n - 1] - xs[n - 2]) * (y - ys[n - 2]) - (ys[n - 1] - ys[n - 2]) * (x - xs[n - 2]) <= 0) n--;
    xs[n] = x;
    ys[n++] = y;
  }
  return Array.from({ length: Math.max(0, n - 1) }, (_, i) => ({ x: xs[i], y: ys[i] }));
}

/**
 * Takes edges away until four are left: always the edge whose removal (its neighbours prolonged until they meet) adds least area.
 * So corners that blur has rounded come back.
 */
function fourCorners(hull: readonly Point[]): Quad | null {
  const points = [...hull];
  while (points.length > 4) {
    const n = points.length;
    let best = -1;
    let bestArea = Number.POSITIVE_INFINITY;
    let bestPoint: Point | null = null;
    for (let i = 0; i < n; i++) {
      const [a, b, c, d] = [points[(i + n - 1) % n], points[i], points[(i + 1) % n], points[(i + 2) % n]];
      const meeting = meet(a, b, d, c);
      if (!meeting) continue;
      const area = Math.abs(cross(b, meeting, c)) / 2;
      if (area < bestArea) [best, bestArea, bestPoint] = [i, area, meeting];
    }
    if (bestPoint === null) return null;
    points[best] = bestPoint;
    points.splice((best + 1) % n, 1);
  }
  return points.length === 4 ? [points[0], points[1], points[2], points[3]] : null;
}

/** Where the ray a -> b, prolonged beyond b, meets the ray d -> c prolonged beyond c; null where they part. */
function meet(a: Point, b: Point, d: Point, c: Point): Point | null {
  const ux = b.x - a.x;
  const uy = b.y - a.y;
  const vx = c.x - d.x;
  const vy = c.y - d.y;
  const denominator = ux * vy - uy * vx;
  if (Math.abs(denominator) < 1e-9) return null;
  const t = ((d.x - a.x) * vy - (d.y - a.y) * vx) / denominator;
  const s = ((d.x - a.x) * uy - (d.y - a.y) * ux) / denominator;
  return t >= 1 && s >= 1 ? { x: a.x + t * ux, y: a.y + t * uy } : null;
}

function isSquareLike(quad: Quad, hullArea: number, inkArea: number): boolean {
  const sides = quad.map((p, i) => Math.hypot(p.x - quad[(i + 1) % 4].x, p.y - quad[(i + 1) % 4].y));
  const shortest = Math.min(...sides);
  if (shortest < MIN_SIDE_PX || Math.max(...sides) > MAX_SIDE_RATIO * shortest) return false;
  const area = polygonArea(quad);
  return area < 1.25 * hullArea && inkArea > LEAST_INK * area;
}

function polygonArea(points: readonly Point[]): number {
  let twice = 0;
  for (let i = 0; i < points.length; i++) {
    const a = points[i];
    const b = points[(i + 1) % points.length];
    twice += a.x * b.y - b.x * a.y;
  }
  return Math.abs(twice) / 2;
}

function cross(o: Point, a: Point, b: Point): number {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}
