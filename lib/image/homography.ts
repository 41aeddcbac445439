import { assertArgument } from "../core/assert.ts";
import type { Point } from "../core/geometry.ts";
import { solveLinear } from "./solve-linear.ts";

/** A 3 x 3 projective map, row-major, scaled so that the last element is 1 where that is possible. */
export type Homography = Float64Array;

/**
 * The homography that maps `from[i]` to `to[i]`, by least squares over n >= 4 pairs: the direct linear transform on normalised
 * coordinates (Hartley and Zisserman, Multiple View Geometry, 2nd ed., algorithm 4.2), solved for eight unknowns: with both
 * centroids at the origin the ninth can't vanish for any view in which the points lie in front of the camera.
 *
 * @throws InkformError `invalid-argument` for fewer than 4 pairs, unequal lengths or collinear points.
 */
export function solveHomography(from: readonly Point[], to: readonly Point[]): Homography {
  assertArgument(from.length === to.length, `solveHomography needs as many targets as sources, got ${from.length} and ${to.length}`);
  assertArgument(from.length >= 4, `solveHomography needs at least 4 pairs of points, got ${from.length}`);
  const source = normaliser(from);
  const target = normaliser(to);
  const normal = new Float64Array(64);
  const right = new Float64Array(8);
  for (let i = 0; i < from.length; i++) {
    const x = (from[i].x - source.cx) * source.scale;
    const y = (from[i].y - source.cy) * source.scale;
    const u = (to[i].x - target.cx) * target.scale;
    const v = (to[i].y - target.cy) * target.scale;
    accumulate(normal, right, [x, y, 1, 0, 0, 0, -u * x, -u * y], u);
    accumulate(normal, right, [0, 0, 0, x, y, 1, -v * x, -v * y], v);
  }
  const h = solveLinear(normal, right);
  assertArgument(h !== null, "solveHomography needs points that do not lie on one line");
  const inner = Float64Array.of(h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], 1);
  const before = Float64Array.of(source.scale, 0, -source.cx * source.scale, 0, source.scale, -source.cy * source.scale, 0, 0, 1);
  const after = Float64Array.of(1 / target.scale, 0, target.cx, 0, 1 / target.scale, target.cy, 0, 0, 1);
  return multiplyHomography(after, multiplyHomography(inner, before));
}

/** Where `h` takes `p`. */
export function applyHomography(h: Homography, p: Point): Point {
  const w = h[6] * p.x + h[7] * p.y + h[8];
  return { x: (h[0] * p.x + h[1] * p.y + h[2]) / w, y: (h[3] * p.x + h[4] * p.y + h[5]) / w };
}

/** The map back. @throws InkformError `invalid-argument` where `h` is singular. */
export function invertHomography(h: Homography): Homography {
  const [a, b, c, d, e, f, g, i, j] = h;
  const inverse = Float64Array.of(
    e * j - f * i,
    c * i - b * j,
    b * f - c * e,
    f * g - d * j,
    a * j - c * g,
    c * d - a * f,
    d * i - e * g,
    b * g - a * i,
    a * e - b * d,
  );
  const determinant = a * inverse[0] + b * inverse[3] + c * inverse[6];
  assertArgument(Math.abs(determinant) > 1e-300, "invertHomography needs an invertible homography");
  return scaled(inverse);
}

/** `first` is applied first: `multiplyHomography(second, first)` maps p to second(first(p)). */
export function multiplyHomography(second: Homography, first: Homography): Homography {
  const product = new Float64Array(9);
  for (let r = 0; r < 3; r++) {
    for (let c = 0; c < 3; c++) {
      product[3 * r + c] = second[3 * r] * first[c] + second[3 * r + 1] * first[3 + c] + second[3 * r + 2] * first[6 + c];
    }
  }
  return scaled(product);
}

/** The 2 x 2 derivative of `h` at `p`: `[du/dx, du/dy, dv/dx, dv/dy]`. */
export function homographyJacobian(h: Homography, p: Point): [number, number, number, number] {
  const w = h[6] * p.x + h[7] * p.y + h[8];
  const u = (h[0] * p.x + h[1] * p.y + h[2]) / w;
  const v = (h[3] * p.x + h[4] * p.y + h[5]) / w;
  return [(h[0] - u * h[6]) / w, (h[1] - u * h[7]) / w, (h[3] - v * h[6]) / w, (h[4] - v * h[7]) / w];
}

function scaled(h: Float64Array): Homography {
  const last = h[8];
  return Math.abs(last) > 1e-12 * Math.max(...h.map(Math.abs)) ? h.map((value) => value / last) : h;
}

function normaliser(points: readonly Point[]): { cx: number; cy: number; scale: number } {
  let cx = 0;
  let cy = 0;
  for (const p of points) {
    cx += p.x / points.length;
    cy += p.y / points.length;
  }
  let distance = 0;
  for (const p of points) distance += Math.hypot(p.x - cx, p.y - cy) / points.length;
  assertArgument(distance > 0 && Number.isFinite(distance), "solveHomography needs finite points that differ");
  return { cx, cy, scale: Math.SQRT2 / distance };
}

function accumulate(normal: Float64Array, right: Float64Array, row: readonly number[], value: number): void {
  for (let r = 0; r < 8; r++) {
    for (let c = 0; c < 8; c++) normal[8 * r + c] += row[r] * row[c];
    right[r] += row[r] * value;
  }
}
