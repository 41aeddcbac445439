import type { GrayImage } from "../image/images.ts";

/** The grey value at a point (pixel centres at +0.5), bilinear; beyond the image the nearest pixel's. */
export function sampleGray({ width, height, data }: GrayImage, x: number, y: number): number {
  const u = Math.min(width - 1, Math.max(0, x - 0.5));
  const v = Math.min(height - 1, Math.max(0, y - 0.5));
  const x0 = Math.min(width - 2, Math.floor(u));
  const y0 = Math.min(height - 2, Math.floor(v));
  if (x0 < 0 || y0 < 0) return data[Math.round(v) * width + Math.round(u)];
  const fx = u - x0;
  const fy = v - y0;
  const at = y0 * width + x0;
  const top = data[at] + (data[at + 1] - data[at]) * fx;
  const bottom = data[at + width] + (data[at + width + 1] - data[at + width]) * fx;
  return top + (bottom - top) * fy;
}
