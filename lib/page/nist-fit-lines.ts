import type { Point } from "../core/geometry.ts";
import { applyHomography, type Homography, homographyJacobian } from "../image/homography.ts";
import type { BinaryImage } from "../image/images.ts";
import { solveLinear } from "../image/solve-linear.ts";
import { NIST_FIELDS, NIST_PAGE } from "./nist-form.ts";
import type { LineMap } from "./nist-line-maps.ts";

/** Along a printed line, form px. */
const SAMPLE_STEP = 30;

/** The printed lines found in an image. */
export interface Lines {
  readonly horizontal: LineMap;
  /** Of the transposed image. */
  readonly vertical: LineMap;
}

/** A point of a printed line, form px. */
export interface Sample {
  readonly p: Point;
  /** Of the line in the form. */
  readonly horizontal: boolean;
}

/** Form px -> image px, the fraction of `SAMPLES` with a line beside them, and the root mean square distance from these, image px. */
export interface Fit {
  readonly map: Homography;
  readonly coverage: number;
  readonly residual: number;
}

/** Points along all printed lines; the first `BASE` of each line's are spread over the form so that a part of them scores alike. */
export const SAMPLES: readonly Sample[] = NIST_FIELDS.flatMap(({ box: [x, y, w, h] }) => {
  const samples: Sample[] = [];
  const across = Math.max(3, Math.round(w / SAMPLE_STEP));
  const down = Math.max(3, Math.round(h / SAMPLE_STEP));
  for (let i = 0; i < across; i++) {
    const at = x + ((i + 0.5) * w) / across;
    samples.push({ p: { x: at, y }, horizontal: true }, { p: { x: at, y: y + h }, horizontal: true });
  }
  for (let i = 0; i < down; i++) {
    const at = y + ((i + 0.5) * h) / down;
    samples.push({ p: { x, y: at }, horizontal: false }, { p: { x: x + w, y: at }, horizontal: false });
  }
  return samples;
});

/** Fits the map (form px -> image px) to the lines near it: first loosely and affine, then closely and projective. @returns null where too few are near, or the fit folds the form */
export function fitToLines(start: Homography, lines: Lines): Fit | null {
  let map = start;
  for (const [reach, projective] of [
    [8, false],
    [6, false],
    [4, false],
    [4, true],
    [3, true],
    [3, true],
  ] as const) {
    const found = matchLines(map, lines, reach);
    if (found.length < SAMPLES.length * 0.3) return null;
    const next = solveMap(found, map, projective);
    if (next === null) return null;
    map = next;
  }
  const found = matchLines(map, lines, 3);
  let sum = 0;
  for (const { distance } of found) sum += distance * distance;
  return { map, coverage: found.length / SAMPLES.length, residual: Math.sqrt(sum / Math.max(1, found.length)) };
}

interface Match {
  readonly p: Point;
  /** Where the line was found, in the working image; only the coordinate across the line counts. */
  readonly value: number;
  /** True where `value` is y. */
  readonly isY: boolean;
  readonly distance: number;
}

function matchLines(map: Homography, lines: Lines, reach: number): Match[] {
  const swapped = Math.abs(map[3]) > Math.abs(map[0]);
  const matches: Match[] = [];
  for (const { p, horizontal } of SAMPLES) {
    const q = applyHomography(map, p);
    const isY = horizontal !== swapped;
    const value = isY ? nearestRun(lines.horizontal.mask, q.x, q.y, reach) : nearestRun(lines.vertical.mask, q.y, q.x, reach);
    if (value !== null) matches.push({ p, value, isY, distance: Math.abs(value - (isY ? q.y : q.x)) });
  }
  return matches;
}

/** Centre of the run of mask px in column x that is nearest to y, within `reach`. */
function nearestRun({ width, height, data }: BinaryImage, x: number, y: number, reach: number): number | null {
  const column = Math.floor(x);
  if (column < 0 || column >= width) return null;
  let best: number | null = null;
  const end = Math.min(height - 1, Math.floor(y + reach));
  for (let k = Math.max(0, Math.floor(y - reach)); k <= end; k++) {
    if (data[k * width + column] === 0) continue;
    let low = k;
    while (low > 0 && data[(low - 1) * width + column] === 1) low--;
    while (k + 1 < height && data[(k + 1) * width + column] === 1) k++;
    const centre = (low + k + 1) / 2;
    if (Math.abs(centre - y) <= reach && (best === null || Math.abs(centre - y) < Math.abs(best - y))) best = centre;
  }
  return best;
}

/** Least squares on the coordinates across the lines, with Cauchy weights; linear for both kinds of map (form coordinates scaled to about 1). */
function solveMap(matches: readonly Match[], current: Homography, projective: boolean): Homography | null {
  const n = projective ? 8 : 6;
  const normal = new Float64Array(n * n);
  const right = new Float64Array(n);
  const unit = 1 / NIST_PAGE.width;
  for (const { p, value, isY, distance } of matches) {
    const x = p.x * unit;
    const y = p.y * unit;
    // (row . h) = value * (g x + h y + 1), divided by the current denominator so that the error is in px.
    const row = isY ? [0, 0, 0, x, y, 1] : [x, y, 1, 0, 0, 0];
    if (projective) row.push(-value * x, -value * y);
    const weight = 1 / (1 + distance * distance);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) normal[i * n + j] += weight * row[i] * row[j];
      right[i] += weight * row[i] * value;
    }
  }
  const h = solveLinear(normal, right);
  if (h === null) return null;
  const map = Float64Array.of(
    h[0] * unit,
    h[1] * unit,
    h[2],
    h[3] * unit,
    h[4] * unit,
    h[5],
    projective ? h[6] * unit : 0,
    projective ? h[7] * unit : 0,
    1,
  );
  // A fit that folds or shrinks the form is no fit.
  const [a, b, c, d] = homographyJacobian(map, { x: 1250, y: 1800 });
  const [a0, b0, c0, d0] = homographyJacobian(current, { x: 1250, y: 1800 });
  const ratio = (a * d - b * c) / (a0 * d0 - b0 * c0);
  return ratio > 0.7 && ratio < 1.4 ? map : null;
}
