import type { Fiducial } from "../card/card-manifest.ts";
import { FIDUCIAL_BITS, FIDUCIAL_CELLS, FIDUCIAL_CODES } from "../card/fiducial-codes.ts";
import type { Point } from "../core/geometry.ts";
import { applyHomography, type Homography, multiplyHomography } from "../image/homography.ts";
import type { GrayImage } from "../image/images.ts";
import { warpGray } from "../image/warp.ts";
import type { FoundFiducial } from "./find-fiducials.ts";
import type { Quad } from "./find-quads.ts";
import { refineQuad } from "./refine-quad.ts";

/** Five px a cell of 1.25 mm: enough to tell the cells, and the search stays short. */
const PX_PER_MM = 4;
/** Correlation with the whole mark as printed, which finds its place. Its black border makes other marks, and any dark square, somewhat alike. */
const MIN_LIKENESS = 0.6;
/** Correlation with its 36 cells alone at that place: other marks, and this one turned, have 0 or less (they differ in half of the cells). */
const MIN_CELL_LIKENESS = 0.5;
/** White around the mark, part of what is compared. */
const QUIET_MM = 1.25;

/**
 * The corner mark that lies within `reachMm` of where a rough map puts it, also one that is too faint, soiled or covered for the detector: the
 * printed pattern is correlated with the picture (normalised cross-correlation over all shifts), then its corners are refined at full size.
 * @returns null where nothing near looks like this mark, turned as the map says.
 */
export function findMarkNear(image: GrayImage, mmToPx: Homography, mark: Fiducial, reachMm: number): FoundFiducial | null {
  const template = drawMark(mark);
  const half = mark.sizeMm / 2 + QUIET_MM;
  const left = mark.xMm - half - reachMm;
  const top = mark.yMm - half - reachMm;
  const side = Math.ceil(2 * (half + reachMm) * PX_PER_MM);
  const s = 1 / PX_PER_MM;
  const area = warpGray(image, multiplyHomography(mmToPx, Float64Array.of(s, 0, left, 0, s, top, 0, 0, 1)), side, side);
  const best = correlate(area, template);
  if (best === null || best.likeness < MIN_LIKENESS || cellLikeness(area, best, mark) < MIN_CELL_LIKENESS) return null;
  const dx = left + best.x * s + half - mark.xMm;
  const dy = top + best.y * s + half - mark.yMm;
  const rough = markQuad(mmToPx, { ...mark, xMm: mark.xMm + dx, yMm: mark.yMm + dy });
  return { id: mark.id, corners: refineQuad(image, rough), wrongBits: Math.round((1 - best.likeness) * FIDUCIAL_BITS * FIDUCIAL_BITS) };
}

/** A mark's corners in scan px under a map: top left, top right, bottom right, bottom left as printed. */
export function markQuad(mmToPx: Homography, { xMm, yMm, sizeMm }: Fiducial): Quad {
  const h = sizeMm / 2;
  const at = (x: number, y: number): Point => applyHomography(mmToPx, { x: xMm + x, y: yMm + y });
  return [at(-h, -h), at(h, -h), at(h, h), at(-h, h)];
}

/** The mark with its quiet zone, 1 = white, zero mean and unit length, so that its product with a window is the correlation. */
function drawMark({ id, sizeMm }: Fiducial): { side: number; values: Float64Array } {
  const side = Math.round((sizeMm + 2 * QUIET_MM) * PX_PER_MM);
  const cell = sizeMm / FIDUCIAL_CELLS;
  const values = new Float64Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const column = Math.floor(((x + 0.5) / PX_PER_MM - QUIET_MM) / cell) - 1;
      const row = Math.floor(((y + 0.5) / PX_PER_MM - QUIET_MM) / cell) - 1;
      const outside = column < -1 || row < -1 || column > FIDUCIAL_BITS || row > FIDUCIAL_BITS;
      const inside = column >= 0 && row >= 0 && column < FIDUCIAL_BITS && row < FIDUCIAL_BITS;
      values[y * side + x] = outside || (inside && FIDUCIAL_CODES[id][row * FIDUCIAL_BITS + column] === 1) ? 1 : 0;
    }
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return { side, values: values.map((value) => (value - mean) / length) };
}

/** Correlation of the cells' mean greys with the mark's bits, the mark's quiet zone starting at (x, y) of the area. */
function cellLikeness(area: GrayImage, { x, y }: { x: number; y: number }, { id, sizeMm }: Fiducial): number {
  const cellPx = (sizeMm / FIDUCIAL_CELLS) * PX_PER_MM;
  const first = QUIET_MM * PX_PER_MM + cellPx;
  const means = FIDUCIAL_CODES[id].map((_, i) => {
    const left = Math.round(x + first + (i % FIDUCIAL_BITS) * cellPx);
    const top = Math.round(y + first + Math.floor(i / FIDUCIAL_BITS) * cellPx);
    let sum = 0;
    for (let r = 1; r < cellPx - 1; r++) for (let c = 1; c < cellPx - 1; c++) sum += area.data[(top + r) * area.width + left + c];
    return sum;
  });
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  let product = 0;
  let squares = 0;
  for (const [i, value] of means.entries()) {
    // Half of the cells are white: the code's mean is 0.5.
    product += (value - mean) * (FIDUCIAL_CODES[id][i] - 0.5);
    squares += (value - mean) ** 2;
  }
  return squares === 0 ? 0 : product / Math.sqrt(squares * 0.25 * means.length);
}

function correlate(area: GrayImage, { side, values }: ReturnType<typeof drawMark>): { x: number; y: number; likeness: number } | null {
  let best: { x: number; y: number; likeness: number } | null = null;
  for (let y = 0; y + side <= area.height; y++) {
    for (let x = 0; x + side <= area.width; x++) {
      let product = 0;
      let sum = 0;
      let squares = 0;
      for (let r = 0; r < side; r++) {
        const row = (y + r) * area.width + x;
        for (let c = 0; c < side; c++) {
          const value = area.data[row + c];
          product += value * values[r * side + c];
          sum += value;
          squares += value * value;
        }
      }
      const length = Math.sqrt(Math.max(0, squares - (sum * sum) / values.length));
      const likeness = length < side ? 0 : product / length;
      if (best === null || likeness > best.likeness) best = { x, y, likeness };
    }
  }
  return best;
}
