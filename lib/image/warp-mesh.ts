import { assertArgument } from "../core/assert.ts";
import type { Point } from "../core/geometry.ts";
import type { GrayImage } from "./images.ts";
import { takeBytes } from "./page-bytes.ts";
import { shrinkGray } from "./shrink.ts";

/** The map is asked at every 16th pixel and is straight between: for paper and lenses the error is far below a pixel. */
const STEP = 16;
const PAPER = 255;

/**
 * Resamples `src` through any smooth map: output pixel centre (x + 0.5, y + 0.5) takes the value at `dstToSrc` of it, bilinear; beyond
 * the source it is white. As in `warpGray`, a source finer than the output by 1.5 or more is first averaged over whole blocks.
 */
export function warpGrayMesh(src: GrayImage, dstToSrc: (p: Point) => Point, width: number, height: number): GrayImage {
  assertArgument(width >= 1 && height >= 1, `warpGrayMesh needs a size of at least 1 x 1, got ${width} x ${height}`);
  const columns = Math.ceil(width / STEP) + 1;
  const rows = Math.ceil(height / STEP) + 1;
  const us = new Float64Array(columns * rows);
  const vs = new Float64Array(columns * rows);
  for (let j = 0, k = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, k++) {
      const p = dstToSrc({ x: i * STEP, y: j * STEP });
      us[k] = p.x;
      vs[k] = p.y;
    }
  }
  const factor = shrinkFactor(us, vs, columns, rows);
  const source = shrinkGray(src, factor);
  // Pixel centres lie at +0.5 in both images.
  for (let k = 0; k < us.length; k++) {
    us[k] = us[k] / factor - 0.5;
    vs[k] = vs[k] / factor - 0.5;
  }
  const out = takeBytes(width * height);
  const rowU = new Float64Array(columns);
  const rowV = new Float64Array(columns);
  for (let y = 0; y < height; y++) {
    const t = (y + 0.5) / STEP;
    const j = Math.min(rows - 2, Math.floor(t));
    const f = t - j;
    for (let i = 0, a = j * columns, b = a + columns; i < columns; i++, a++, b++) {
      rowU[i] = us[a] + (us[b] - us[a]) * f;
      rowV[i] = vs[a] + (vs[b] - vs[a]) * f;
    }
    drawRow(source, rowU, rowV, out.subarray(y * width, (y + 1) * width));
  }
  return { width, height, data: out };
}

function drawRow({ width, height, data }: GrayImage, rowU: Float64Array, rowV: Float64Array, out: Uint8Array): void {
  const maxX = width - 1;
  const maxY = height - 1;
  for (let x0 = 0, i = 0; x0 < out.length; x0 += STEP, i++) {
    const du = (rowU[i + 1] - rowU[i]) / STEP;
    const dv = (rowV[i + 1] - rowV[i]) / STEP;
    let u = rowU[i] + du / 2;
    let v = rowV[i] + dv / 2;
    const end = Math.min(out.length, x0 + STEP);
    for (let x = x0; x < end; x++, u += du, v += dv) {
      if (u >= 0 && v >= 0 && u < maxX && v < maxY) {
        const xi = u | 0;
        const yi = v | 0;
        // 8-bit fractions, as in warpGray.
        const fx = ((u - xi) * 256) | 0;
        const fy = ((v - yi) * 256) | 0;
        const at = yi * width + xi;
        const below = at + width;
        const top = (data[at] << 8) + (data[at + 1] - data[at]) * fx;
        const bottom = (data[below] << 8) + (data[below + 1] - data[below]) * fx;
        out[x] = ((top << 8) + (bottom - top) * fy + 32768) >> 16;
      } else if (u > -1 && v > -1 && u < width && v < height) {
        out[x] = data[Math.min(maxY, Math.max(0, Math.round(v))) * width + Math.min(maxX, Math.max(0, Math.round(u)))];
      } else {
        out[x] = PAPER;
      }
    }
  }
}

/** Source px per output px, the smallest over the mesh's cells. */
function shrinkFactor(us: Float64Array, vs: Float64Array, columns: number, rows: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const k = j * columns + i;
      const right = Math.hypot(us[k + 1] - us[k], vs[k + 1] - vs[k]);
      const down = Math.hypot(us[k + columns] - us[k], vs[k + columns] - vs[k]);
      smallest = Math.min(smallest, right / STEP, down / STEP);
    }
  }
  return smallest >= 1.5 && Number.isFinite(smallest) ? Math.round(smallest) : 1;
}
