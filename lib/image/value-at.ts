import type { GrayImage } from "./images.ts";

/** Beyond a picture there is paper. */
const PAPER = 255;

/** The grey at (u, v), px centres at whole numbers: bilinear with fractions of 8 bits; within half a px of the border the nearest px's; beyond it paper. */
export function valueAt({ width, height, data }: GrayImage, u: number, v: number): number {
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
  if (!(u > -1 && v > -1 && u < width && v < height)) return PAPER;
  const x = Math.min(width - 1, Math.max(0, Math.round(u)));
  const y = Math.min(height - 1, Math.max(0, Math.round(v)));
  return data[y * width + x];
}
