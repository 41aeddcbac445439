import type { BinaryImage } from "../../lib/image/images.ts";

/** No ink. */
export function blank(width: number, height: number): BinaryImage {
  return { width, height, data: new Uint8Array(width * height) };
}

/** A bar. */
export function fill(image: BinaryImage, x: number, y: number, w: number, h: number): void {
  for (let row = y; row < y + h; row++) image.data.fill(1, row * image.width + x, row * image.width + x + w);
}

/** A ring like a 0, strokes of 6 px. */
export function ring(image: BinaryImage, x: number, y: number, w = 30, h = 44): void {
  fill(image, x, y, w, 6);
  fill(image, x, y + h - 6, w, 6);
  fill(image, x, y, 6, h);
  fill(image, x + w - 6, y, 6, h);
}

/** How many px are ink. */
export function ink(image: BinaryImage): number {
  return image.data.reduce((sum, value) => sum + value, 0);
}
