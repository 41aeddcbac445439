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
  const columns = Float32Array.from({ length: width }, (_, u) => left + u * scale);
  for (let v = 0; v < height; v++) {
    const y = top + v * scale;
    const row = Math.floor(y);
    const below = Math.max(0, y + scale - row - 1) / scale;
    for (let u = 0; u < width; u++) {
      if (data[v * width + u] === 0) continue;
      const x = columns[u];
      const column = Math.floor(x);
      const beside = Math.max(0, x + scale - column - 1) / scale;
      const at = row * SIDE + column;
      view[at] += share * (1 - beside) * (1 - below);
      if (beside > 0) view[at + 1] += share * beside * (1 - below);
      if (below > 0) view[at + SIDE] += share * (1 - beside) * below;
      if (beside > 0 && below > 0) view[at + SIDE + 1] += share * beside * below;
    }
  }
  return view;
}
