import { assertArgument } from "../core/assert.ts";
import type { Point } from "../core/geometry.ts";
import type { GrayImage } from "./images.ts";
import { shrinkGray } from "./shrink.ts";
import { RUN, SNAP, warpRows } from "./warp-rows.ts";

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
  // u and v of each place, as the kernel takes them.
  const places = new Float64Array(2 * columns * rows);
  for (let j = 0, k = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, k += 2) {
      const p = dstToSrc({ x: i * RUN, y: j * RUN });
      places[k] = p.x;
      places[k + 1] = p.y;
    }
  }
  const factor = shrinkFactor(places, columns, rows);
  const source = shrinkGray(src, factor);
  // Pixel centres lie at +0.5 in both images.
  for (let k = 0; k < places.length; k++) places[k] = places[k] / factor - 0.5;
  return warpRows(
    source,
    { width, height },
    {
      scratch: places.byteLength,
      open({ kernels, bytes }, { scratch, steps, count }) {
        new Float64Array(bytes.buffer, scratch, places.length).set(places);
        return (y) => {
          const t = (y + 0.5) / RUN;
          const j = Math.min(rows - 2, Math.floor(t));
          const upper = scratch + 16 * columns * j;
          kernels.meshRuns(steps, upper, upper + 16 * columns, count, t - j, PER_RUN, SNAP);
        };
      },
    },
  );
}

/** Source px per output px, the smallest over the mesh's cells. */
function shrinkFactor(places: Float64Array, columns: number, rows: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  const distance = (a: number, b: number): number => Math.hypot(places[2 * b] - places[2 * a], places[2 * b + 1] - places[2 * a + 1]);
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const k = j * columns + i;
      smallest = Math.min(smallest, distance(k, k + 1) / RUN, distance(k, k + columns) / RUN);
    }
  }
  return smallest >= 1.5 && Number.isFinite(smallest) ? Math.round(smallest) : 1;
}
