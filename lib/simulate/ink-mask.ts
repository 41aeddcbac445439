import type { BinaryImage } from "../image/images.ts";
import type { PenStroke } from "./write-character.ts";

/** The ink of one character on a page's pixel grid: `coverage` (255 = full) of the rectangle at (`x`, `y`), row-major. */
export interface InkMask {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly coverage: Uint8Array;
}

/** Coverage from which a pixel counts as the pen's: half of it inked. */
export const INK_COVERAGE = 128;

/** Extent of the ink of `strokes` in mm: `[left, top, right, bottom]`, the nib's width included. */
export function measureStrokes(strokes: readonly PenStroke[]): [number, number, number, number] {
  const extent: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, radius } of strokes) {
    for (let i = 0; i < x.length; i++) {
      extent[0] = Math.min(extent[0], x[i] - radius[i]);
      extent[1] = Math.min(extent[1], y[i] - radius[i]);
      extent[2] = Math.max(extent[2], x[i] + radius[i]);
      extent[3] = Math.max(extent[3], y[i] + radius[i]);
    }
  }
  return extent;
}

/**
 * Draws strokes with a round nib: each piece of the path is a capsule whose anti-aliased edge is its distance field
 * (coverage = radius - distance + 1/2, in px, clamped to 0..1); pieces of a character join by their maximum.
 * @param scale px per mm, in x and y. @param at where the strokes' origin lies on the page, in mm.
 */
export function inkStrokes(strokes: readonly PenStroke[], scale: readonly [number, number], at: readonly [number, number]): InkMask {
  const [left, top, right, bottom] = measureStrokes(strokes);
  const x0 = Math.floor((left + at[0]) * scale[0]) - 1;
  const y0 = Math.floor((top + at[1]) * scale[1]) - 1;
  const width = Math.ceil((right + at[0]) * scale[0]) + 1 - x0;
  const height = Math.ceil((bottom + at[1]) * scale[1]) + 1 - y0;
  const coverage = new Uint8Array(width * height);
  const radiusScale = (scale[0] + scale[1]) / 2;
  for (const stroke of strokes) {
    const n = stroke.x.length;
    for (let i = 0; i < n; i++) {
      const j = Math.min(i + 1, n - 1);
      if (j === i && n > 1) break;
      drawCapsule(
        coverage,
        width,
        height,
        (stroke.x[i] + at[0]) * scale[0] - x0,
        (stroke.y[i] + at[1]) * scale[1] - y0,
        (stroke.x[j] + at[0]) * scale[0] - x0,
        (stroke.y[j] + at[1]) * scale[1] - y0,
        stroke.radius[i] * radiusScale,
        stroke.radius[j] * radiusScale,
      );
    }
  }
  return { x: x0, y: y0, width, height, coverage };
}

function drawCapsule(
  coverage: Uint8Array,
  width: number,
  height: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  ra: number,
  rb: number,
): void {
  const reach = Math.max(ra, rb) + 0.5;
  const left = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(ax, bx) + reach));
  const top = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(ay, by) + reach));
  const dx = bx - ax;
  const dy = by - ay;
  const inverse = 1 / Math.max(1e-12, dx * dx + dy * dy);
  for (let y = top; y <= bottom; y++) {
    const py = y + 0.5 - ay;
    for (let x = left; x <= right; x++) {
      const px = x + 0.5 - ax;
      let t = (px * dx + py * dy) * inverse;
      if (t < 0) t = 0;
      else if (t > 1) t = 1;
      const ex = px - t * dx;
      const ey = py - t * dy;
      const value = ra + t * (rb - ra) + 0.5 - Math.sqrt(ex * ex + ey * ey);
      if (value <= 0) continue;
      const level = value >= 1 ? 255 : (value * 255) | 0;
      const k = y * width + x;
      if (level > coverage[k]) coverage[k] = level;
    }
  }
}

/** The mask's pixels at half coverage and more, as an image of the mask's size. */
export function toBinary(mask: InkMask): BinaryImage {
  return { width: mask.width, height: mask.height, data: mask.coverage.map((c) => (c >= INK_COVERAGE ? 1 : 0)) };
}
