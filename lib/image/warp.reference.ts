import type { Homography } from "./homography.ts";
import type { GrayImage } from "./images.ts";

/** `warpGray` without its averaging, pixel by pixel, as its definition says: slow, for tests. */
export function warpGrayReference(
  { width, height, data }: GrayImage,
  dstToSrc: Homography,
  outWidth: number,
  outHeight: number,
): GrayImage {
  const out = new Uint8Array(outWidth * outHeight);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      // Straight between the exactly mapped ends of a run of 16 px, in equal steps that add up; both on a grid of 2^-36 px.
      const start = 16 * Math.floor(x / 16);
      const [ua, va] = map(start + 0.5, y + 0.5);
      const [ub, vb] = map(start + 16.5, y + 0.5);
      let [u, v] = [snap(ua), snap(va)];
      for (let k = start; k < x; k++) [u, v] = [u + snap((ub - ua) / 16), v + snap((vb - va) / 16)];
      out[y * outWidth + x] = value(u, v);
    }
  }
  return { width: outWidth, height: outHeight, data: out };

  /** Counted from the middle of the first pixel. */
  function map(x: number, y: number): [number, number] {
    const [a, b, c, d, e, f, g, h, i] = dstToSrc;
    const w = 1 / (g * x + (h * y + i));
    return [(a * x + (b * y + c)) * w - 0.5, (d * x + (e * y + f)) * w - 0.5];
  }

  /** In doubles of 52 bits behind the leading one, numbers from 2^16 to 2^17 have 36 behind the point. */
  function snap(place: number): number {
    return place + 98_304 - 98_304;
  }

  function value(u: number, v: number): number {
    if (u <= -1 || v <= -1 || u >= width || v >= height) return 255;
    const at = (x: number, y: number): number => data[y * width + x];
    if (u < 0 || v < 0 || u >= width - 1 || v >= height - 1) {
      return at(Math.min(width - 1, Math.max(0, Math.round(u))), Math.min(height - 1, Math.max(0, Math.round(v))));
    }
    const [x, y] = [Math.floor(u), Math.floor(v)];
    // Fractions of 8 bits.
    const fx = Math.floor((u - x) * 256) / 256;
    const fy = Math.floor((v - y) * 256) / 256;
    const top = at(x, y) + (at(x + 1, y) - at(x, y)) * fx;
    const bottom = at(x, y + 1) + (at(x + 1, y + 1) - at(x, y + 1)) * fx;
    return Math.floor(top + (bottom - top) * fy + 0.5);
  }
}
