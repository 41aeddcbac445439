import type { BinaryImage } from "../../image/images.ts";
import { takeRoom } from "../../image/kernels/take-room.ts";

/** Cells of a view's side, and of its ink's longer side. */
export const SIDE = 28;
const INK_CELLS = 26;

/** Inputs of the network: a view's cells. */
export const VIEW_CELLS = SIDE * SIDE;

/**
 * A box's ink as a small picture: all of it in the middle, made as small as it has to be. Unlike MNIST's 20 x 20 in 28 x 28, strokes beside each other stay apart, and
 * a speck beside the ink moves nothing but by its own size. By a kernel; the plain way is `view-box.reference.ts`, a test holds the two equal.
 * @param image a box's ink, tight
 * @returns SIDE x SIDE shares of ink, 0 none to 1 all
 */
export function viewBox({ width, height, data }: BinaryImage): Float32Array {
  const { kernels, bytes, at } = takeRoom([data.length, 4 * VIEW_CELLS, 4 * width, 8 * width]);
  const [ink, view, columns, besides] = at;
  bytes.set(data, ink);
  kernels.viewBox(ink, width, height, view, SIDE, scaleOf(width, height), columns, besides);
  return new Float32Array(bytes.buffer, view, VIEW_CELLS).slice();
}

/** Cells a px: no px is larger than one. */
export function scaleOf(width: number, height: number): number {
  return Math.min(1, INK_CELLS / Math.max(width, height));
}
