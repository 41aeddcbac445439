import { assertArgument } from "../core/assert.ts";
import { type Homography, homographyJacobian, multiplyHomography } from "./homography.ts";
import type { GrayImage } from "./images.ts";
import { takeBytes } from "./page-bytes.ts";
import { shrinkGray } from "./shrink.ts";

const PAPER = 255;

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
  const out = takeBytes(width * height);
  for (let y = 0; y < height; y++) warpRow(source, map, out.subarray(y * width, (y + 1) * width), y);
  return { width, height, data: out };
}

/** Output pixels between exactly mapped ends. */
const RUN = 16;

/** One output row. A run of 16 pixels is cut into straight steps between its exactly mapped ends: error below 0.01 px for any view of a page. */
function warpRow(source: GrayImage, h: Homography, out: Uint8Array, y: number): void {
  const { width, height, data } = source;
  const maxX = width - 1;
  const maxY = height - 1;
  const cy = y + 0.5;
  const nu = h[1] * cy + h[2];
  const nv = h[4] * cy + h[5];
  const nw = h[7] * cy + h[8];
  for (let x0 = 0; x0 < out.length; x0 += RUN) {
    const end = Math.min(x0 + RUN, out.length);
    const xa = x0 + 0.5;
    const xb = xa + RUN;
    const wa = 1 / (h[6] * xa + nw);
    const wb = 1 / (h[6] * xb + nw);
    let u = (h[0] * xa + nu) * wa - 0.5;
    let v = (h[3] * xa + nv) * wa - 0.5;
    const ub = (h[0] * xb + nu) * wb - 0.5;
    const vb = (h[3] * xb + nv) * wb - 0.5;
    const du = (ub - u) / RUN;
    const dv = (vb - v) / RUN;
    // A straight run whose ends lie a px inside lies inside: no px of it needs to be asked.
    if (u >= 1 && v >= 1 && ub >= 1 && vb >= 1 && u < maxX - 1 && v < maxY - 1 && ub < maxX - 1 && vb < maxY - 1) {
      for (let x = x0; x < end; x++, u += du, v += dv) {
        const xi = u | 0;
        const yi = v | 0;
        // 8-bit fractions: the sum below stays an integer of 24 bits.
        const fx = ((u - xi) * 256) | 0;
        const fy = ((v - yi) * 256) | 0;
        const at = yi * width + xi;
        const below = at + width;
        const a = data[at];
        const b = data[below];
        const top = (a << 8) + (data[at + 1] - a) * fx;
        const bottom = (b << 8) + (data[below + 1] - b) * fx;
        out[x] = ((top << 8) + (bottom - top) * fy + 32768) >> 16;
      }
    } else {
      for (let x = x0; x < end; x++, u += du, v += dv) out[x] = valueAt(source, u, v);
    }
  }
}

/** Bilinear; within half a pixel of the border the nearest pixel's value, beyond it paper. */
function valueAt(source: GrayImage, u: number, v: number): number {
  const { width, height, data } = source;
  if (u >= 0 && v >= 0 && u < width - 1 && v < height - 1) {
    const xi = u | 0;
    const yi = v | 0;
    const fx = ((u - xi) * 256) | 0;
    const fy = ((v - yi) * 256) | 0;
    const at = yi * width + xi;
    const below = at + width;
    const top = (data[at] << 8) + (data[at + 1] - data[at]) * fx;
    const bottom = (data[below] << 8) + (data[below + 1] - data[below]) * fx;
    return ((top << 8) + (bottom - top) * fy + 32768) >> 16;
  }
  return u > -1 && v > -1 && u < width && v < height ? edgeValue(source, u, v) : PAPER;
}

/** Within half a pixel of the border: the nearest pixels' values. */
function edgeValue({ width, height, data }: GrayImage, u: number, v: number): number {
  const clampedX = Math.min(width - 1, Math.max(0, Math.round(u)));
  const clampedY = Math.min(height - 1, Math.max(0, Math.round(v)));
  return data[clampedY * width + clampedX];
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
