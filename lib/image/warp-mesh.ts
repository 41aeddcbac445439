import { assertArgument } from "../core/assert.ts";
import type { Point } from "../core/geometry.ts";
import type { GrayImage } from "./images.ts";
import { shrinkGray } from "./shrink.ts";
import { RUN, warpRows } from "./warp-rows.ts";

/** A power of two: to multiply by it is to divide by `RUN`, and takes a third of the time. */
const PER_RUN = 1 / RUN;

/**
 * Resamples `src` through any smooth map: output pixel centre (x + 0.5, y + 0.5) takes the value at `dstToSrc` of it, bilinear; beyond
 * the source it is white. The map is asked at every 16th px and is straight between: for paper and lenses the error is far below a px. As in `warpGray`, a source finer than the output by 1.5 or more is first averaged over whole blocks.
 */
export function warpGrayMesh(src: GrayImage, dstToSrc: (p: Point) => Point, width: number, height: number): GrayImage {
  assertArgument(width >= 1 && height >= 1, `warpGrayMesh needs a size of at least 1 x 1, got ${width} x ${height}`);
  const columns = Math.ceil(width / RUN) + 1;
  const rows = Math.ceil(height / RUN) + 1;
  const us = new Float64Array(columns * rows);
  const vs = new Float64Array(columns * rows);
  for (let j = 0, k = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, k++) {
      const p = dstToSrc({ x: i * RUN, y: j * RUN });
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
  const rowU = new Float64Array(columns);
  const rowV = new Float64Array(columns);
  return warpRows(source, width, height, (y, runs) => {
    const t = (y + 0.5) / RUN;
    const j = Math.min(rows - 2, Math.floor(t));
    const f = t - j;
    for (let i = 0, a = j * columns, b = a + columns; i < columns; i++, a++, b++) {
      rowU[i] = us[a] + (us[b] - us[a]) * f;
      rowV[i] = vs[a] + (vs[b] - vs[a]) * f;
    }
    for (let i = 0, at = 0; at < runs.length; i++, at += 4) {
      const du = (rowU[i + 1] - rowU[i]) * PER_RUN;
      const dv = (rowV[i + 1] - rowV[i]) * PER_RUN;
      runs[at] = rowU[i] + du / 2;
      runs[at + 1] = rowV[i] + dv / 2;
      runs[at + 2] = du;
      runs[at + 3] = dv;
    }
  });
}

/** Source px per output px, the smallest over the mesh's cells. */
function shrinkFactor(us: Float64Array, vs: Float64Array, columns: number, rows: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const k = j * columns + i;
      const right = Math.hypot(us[k + 1] - us[k], vs[k + 1] - vs[k]);
      const down = Math.hypot(us[k + columns] - us[k], vs[k + columns] - vs[k]);
      smallest = Math.min(smallest, right / RUN, down / RUN);
    }
  }
  return smallest >= 1.5 && Number.isFinite(smallest) ? Math.round(smallest) : 1;
}
