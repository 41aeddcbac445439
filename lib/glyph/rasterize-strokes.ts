import { assertArgument } from "../core/assert.ts";
import type { Point } from "../core/geometry.ts";
import type { BinaryImage } from "../image/images.ts";

/** A pen's way from where it touches the sheet to where it is lifted; at least one point. */
export type Stroke = readonly Point[];

/**
 * What a round pen leaves on a square sheet, at about 300 dpi: a pixel is ink where its centre lies within `radius` of a stroke.
 * The input of `normalizeGlyph` for characters that were drawn instead of scanned.
 * @param strokes points in 0 .. 1 of the sheet's side, x right, y down
 * @param side px of the sheet's side; a drawn digit that fills most of 70 px is as high as one of 4 to 6 mm in a 300 dpi scan
 * @param radius of the pen, in parts of the side
 * @throws InkformError `invalid-argument`
 */
export function rasterizeStrokes(strokes: readonly Stroke[], { side = 70, radius = 0.036 } = {}): BinaryImage {
  assertArgument(Number.isInteger(side) && side > 0, `side must be a whole number of px above 0, not ${side}`);
  assertArgument(radius > 0, `radius must be above 0, not ${radius}`);
  const data = new Uint8Array(side * side);
  const r = radius * side;
  for (const stroke of strokes) {
    // A tap of the pen is a dot: the segment from its point to itself.
    for (let i = 0; i < Math.max(1, stroke.length - 1); i++) {
      inkSegment(data, side, r, stroke[i], stroke[Math.min(i + 1, stroke.length - 1)]);
    }
  }
  return { width: side, height: side, data };
}

/** Inks the pixels whose centres are within r of the segment from a to b (both in parts of the side). */
function inkSegment(data: Uint8Array, side: number, r: number, a: Point, b: Point): void {
  const ax = a.x * side;
  const ay = a.y * side;
  const dx = b.x * side - ax;
  const dy = b.y * side - ay;
  const length2 = dx * dx + dy * dy;
  const clamp = (value: number) => Math.max(0, Math.min(side - 1, value));
  const left = clamp(Math.floor(Math.min(ax, ax + dx) - r));
  const right = clamp(Math.ceil(Math.max(ax, ax + dx) + r));
  const top = clamp(Math.floor(Math.min(ay, ay + dy) - r));
  const bottom = clamp(Math.ceil(Math.max(ay, ay + dy) + r));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - ax;
      const py = row + 0.5 - ay;
      const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length2));
      const ex = px - t * dx;
      const ey = py - t * dy;
      if (ex * ex + ey * ey <= r * r) data[row * side + column] = 1;
    }
  }
}
