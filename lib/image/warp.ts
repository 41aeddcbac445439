import { assertArgument } from "../core/assert.ts";
import { type Homography, homographyJacobian, multiplyHomography } from "./homography.ts";
import type { GrayImage } from "./images.ts";
import { shrinkGray } from "./shrink.ts";
import { RUN, SNAP, warpRows } from "./warp-rows.ts";

/**
 * Resamples `src` through a homography: output pixel centre (x + 0.5, y + 0.5) takes the value at `dstToSrc` of it, bilinear;
 * beyond the source it is white. Where the output is coarser than the source by 1.5 or more (a 600 dpi scan) the source is first
 * averaged over whole blocks, so that thin lines do not alias.
 */
export function warpGray(src: GrayImage, dstToSrc: Homography, width: number, height: number): GrayImage {
  assertArgument(width >= 1 && height >= 1, `warpGray needs a size of at least 1 x 1, got ${width} x ${height}`);
  const factor = shrinkFactor(dstToSrc, width, height);
  const source = shrinkGray(src, factor);
  const map = factor === 1 ? dstToSrc : multiplyHomography(Float64Array.of(1 / factor, 0, 0, 0, 1 / factor, 0, 0, 0, 1), dstToSrc);
  return warpRows(
    source,
    { width, height },
    {
      scratch: 0,
      open({ bytes }, { steps, count }) {
        const runs = new Float64Array(bytes.buffer, steps, 4 * count);
        return (y) => placeRuns(map, y, runs);
      },
    },
  );
}

/** A run of 16 pixels is cut into straight steps between its exactly mapped ends: error below 0.01 px for any view of a page. */
function placeRuns(h: Homography, y: number, runs: Float64Array): void {
  const cy = y + 0.5;
  const nu = h[1] * cy + h[2];
  const nv = h[4] * cy + h[5];
  const nw = h[7] * cy + h[8];
  let w = 1 / (h[6] * 0.5 + nw);
  let u = (h[0] * 0.5 + nu) * w - 0.5;
  let v = (h[3] * 0.5 + nv) * w - 0.5;
  // A run ends where the next one begins.
  for (let at = 0, x = RUN + 0.5; at < runs.length; at += 4, x += RUN) {
    w = 1 / (h[6] * x + nw);
    const endU = (h[0] * x + nu) * w - 0.5;
    const endV = (h[3] * x + nv) * w - 0.5;
    runs[at] = u + SNAP - SNAP;
    runs[at + 1] = v + SNAP - SNAP;
    runs[at + 2] = (endU - u) / RUN + SNAP - SNAP;
    runs[at + 3] = (endV - v) / RUN + SNAP - SNAP;
    u = endU;
    v = endV;
  }
}

/** Source pixels per output pixel, the smaller over the middle and the corners of the output: blocks never blur where the view is close. */
function shrinkFactor(h: Homography, width: number, height: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (const [x, y] of [
    [0.5, 0.5],
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ]) {
    const [a, b, c, d] = homographyJacobian(h, { x: x * width, y: y * height });
    smallest = Math.min(smallest, Math.hypot(a, c), Math.hypot(b, d));
  }
  return smallest >= 1.5 && Number.isFinite(smallest) ? Math.round(smallest) : 1;
}
