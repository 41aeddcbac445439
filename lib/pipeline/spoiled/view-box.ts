import type { BinaryImage } from "../../image/images.ts";

/** Cells of a view's side, and of its ink's longer side. */
const SIDE = 28;
const INK_CELLS = 26;

/** Inputs of the network: a view's cells. */
export const VIEW_CELLS = SIDE * SIDE;

/**
 * A box's ink as a small picture: all of it in the middle, made as small as it has to be. Unlike MNIST's 20 x 20 in 28 x 28, strokes beside each other stay apart, and
 * a speck beside the ink moves nothing but by its own size.
 * @param image a box's ink, tight
 * @returns SIDE x SIDE shares of ink, 0 none to 1 all
 */
export function viewBox({ width, height, data }: BinaryImage): Float32Array {
  const view = new Float32Array(VIEW_CELLS);
  const scale = Math.min(1, INK_CELLS / Math.max(width, height));
  const [left, top] = [(SIDE - width * scale) / 2, (SIDE - height * scale) / 2];
  const share = scale * scale;
  // A px is no larger than a cell: it is in one row and column of cells, or in two.
  const columns = new Int32Array(width);
  const besides = new Float64Array(width);
  for (let u = 0; u < width; u++) {
    columns[u] = Math.floor(left + u * scale);
    besides[u] = beyond(left + u * scale, scale);
  }
  for (let v = 0; v < height; v++) {
    const row = Math.floor(top + v * scale);
    const below = beyond(top + v * scale, scale);
    for (let u = 0, at = v * width; u < width; u++, at++) {
      if (data[at] === 0) continue;
      const beside = besides[u];
      const cell = row * SIDE + columns[u];
      view[cell] += share * (1 - beside) * (1 - below);
      if (beside > 0) view[cell + 1] += share * beside * (1 - below);
      if (below > 0) view[cell + SIDE] += share * (1 - beside) * below;
      if (beside > 0 && below > 0) view[cell + SIDE + 1] += share * beside * below;
    }
  }
  return view;
}

/** Share of a px that lies beyond the cell in which it begins. */
function beyond(start: number, px: number): number {
  return Math.max(0, start + px - Math.floor(start) - 1) / px;
}
