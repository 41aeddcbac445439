import type { BinaryImage } from "../../image/images.ts";
import { SIDE, scaleOf, VIEW_CELLS } from "./view-box.ts";

/** The plain way of `viewBox`: px by px, each into the cell or the two or four cells that it lies in. */
export function viewBoxReference({ width, height, data }: BinaryImage): Float32Array {
  const view = new Float32Array(VIEW_CELLS);
  const scale = scaleOf(width, height);
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
