import { FIDUCIAL_CELLS } from "../card/fiducial-codes.ts";
import type { Point } from "../core/geometry.ts";
import type { GrayImage } from "../image/images.ts";
import type { Quad } from "./find-quads.ts";
import { sampleGray } from "./sample-gray.ts";

const SAMPLES_PER_SIDE = 32;
const MIN_CONTRAST = 20;

interface Line {
  readonly px: number;
  readonly py: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * Corners to a fraction of a pixel: along each side the black border's outer edge is located at half its own contrast on
 * perpendicular profiles, a line is fitted to these points, and neighbouring lines are intersected. Twice, the second time around
 * the better quad. A side that can't be seen (covered, no contrast) keeps its line.
 */
export function refineQuad(image: GrayImage, quad: Quad): Quad {
  return refineOnce(image, refineOnce(image, quad));
}

function refineOnce(image: GrayImage, quad: Quad): Quad {
  const lines = quad.map((corner, i) => fitSide(image, corner, quad[(i + 1) % 4]));
  const corners = quad.map((corner, i) => {
    const p = intersect(lines[(i + 3) % 4], lines[i]);
    const cell = Math.hypot(quad[(i + 1) % 4].x - corner.x, quad[(i + 1) % 4].y - corner.y) / FIDUCIAL_CELLS;
    return p && Math.hypot(p.x - corner.x, p.y - corner.y) < 1.5 * cell ? p : corner;
  });
  return [corners[0], corners[1], corners[2], corners[3]];
}

function fitSide(image: GrayImage, from: Point, to: Point): Line {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const dx = (to.x - from.x) / length;
  const dy = (to.y - from.y) / length;
  const fallback = { px: from.x, py: from.y, dx, dy };
  // The corners run clockwise with y down, so the outside lies to the left: (dy, -dx).
  const reach = (0.75 * length) / FIDUCIAL_CELLS;
  const points: Point[] = [];
  for (let i = 0; i < SAMPLES_PER_SIDE; i++) {
    const t = (0.06 + (0.88 * (i + 0.5)) / SAMPLES_PER_SIDE) * length;
    const x = from.x + t * dx;
    const y = from.y + t * dy;
    const offset = edgeOffset(image, { px: x, py: y, dx: dy, dy: -dx }, reach);
    if (offset !== null) points.push({ x: x + offset * dy, y: y - offset * dx });
  }
  return fitLine(points, fallback);
}

/** Where along the outward profile the grey passes half-way from the border's black to the quiet zone's white; null without an edge. */
function edgeOffset(image: GrayImage, outward: Line, reach: number): number | null {
  const steps = Math.max(6, Math.ceil((2 * reach) / 0.5));
  const step = (2 * reach) / steps;
  const values = new Float64Array(steps + 1);
  for (let k = 0; k <= steps; k++) {
    const s = k * step - reach;
    values[k] = sampleGray(image, outward.px + s * outward.dx, outward.py + s * outward.dy);
  }
  let dark = 255;
  let light = 0;
  for (let k = 0; k <= steps; k++) {
    if (k < 0.6 * steps) dark = Math.min(dark, values[k]);
    if (k > 0.4 * steps) light = Math.max(light, values[k]);
  }
  if (light - dark < MIN_CONTRAST) return null;
  const middle = (dark + light) / 2;
  let best: number | null = null;
  for (let k = 0; k < steps; k++) {
    if (values[k] <= middle && values[k + 1] > middle) {
      const s = (k + (middle - values[k]) / (values[k + 1] - values[k])) * step - reach;
      if (best === null || Math.abs(s) < Math.abs(best)) best = s;
    }
  }
  return best;
}

/** Total least squares, three times, each time without the points farther off than 2.5 times the median distance. */
function fitLine(points: readonly Point[], fallback: Line): Line {
  let kept = points;
  let line = fallback;
  for (let round = 0; round < 3; round++) {
    if (kept.length < SAMPLES_PER_SIDE / 4) return fallback;
    const cx = kept.reduce((sum, p) => sum + p.x, 0) / kept.length;
    const cy = kept.reduce((sum, p) => sum + p.y, 0) / kept.length;
    let xx = 0;
    let xy = 0;
    let yy = 0;
    for (const p of kept) {
      xx += (p.x - cx) ** 2;
      xy += (p.x - cx) * (p.y - cy);
      yy += (p.y - cy) ** 2;
    }
    const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
    line = { px: cx, py: cy, dx: Math.cos(angle), dy: Math.sin(angle) };
    const distance = (p: Point): number => Math.abs((p.x - line.px) * line.dy - (p.y - line.py) * line.dx);
    const sorted = kept.map(distance).sort((a, b) => a - b);
    const limit = Math.max(0.15, 2.5 * sorted[sorted.length >> 1]);
    kept = kept.filter((p) => distance(p) <= limit);
  }
  return line;
}

function intersect(a: Line, b: Line): Point | null {
  const denominator = a.dx * b.dy - a.dy * b.dx;
  if (Math.abs(denominator) < 1e-3) return null;
  const t = ((b.px - a.px) * b.dy - (b.py - a.py) * b.dx) / denominator;
  return { x: a.px + t * a.dx, y: a.py + t * a.dy };
}
