import type { Box } from "../core/geometry.ts";
import type { BinaryImage } from "../image/images.ts";
import { type Lattice, type Part, visitPart } from "./build-lattice.ts";

/** The ink of some parts, tight, with the box of each. */
export interface GroupImage {
  readonly image: BinaryImage;
  readonly x: number;
  readonly y: number;
  /** Of the parts that have ink, in their order. */
  readonly boxes: readonly Box[];
}

/** Draws the ink of a group's parts; null where they have none. */
export function drawGroup(lattice: Lattice, parts: readonly Part[]): GroupImage | null {
  const boxes = parts.map((part) => boxOf(lattice, part)).filter((box) => box !== null);
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box[0]));
  const y = Math.min(...boxes.map((box) => box[1]));
  const width = Math.max(...boxes.map((box) => box[0] + box[2])) - x;
  const height = Math.max(...boxes.map((box) => box[1] + box[3])) - y;
  const data = new Uint8Array(width * height);
  for (const part of parts)
    visitPart(lattice, part, (px, py) => {
      data[(py - y) * width + px - x] = 1;
    });
  return { image: { width, height, data }, x, y, boxes };
}

function boxOf(lattice: Lattice, part: Part): Box | null {
  if (part.after === null && part.before === null) return lattice.pieces[part.piece].box;
  let left = Number.POSITIVE_INFINITY;
  let right = -1;
  let top = Number.POSITIVE_INFINITY;
  let bottom = -1;
  visitPart(lattice, part, (x, y) => {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  });
  return right < 0 ? null : [left, top, right - left + 1, bottom - top + 1];
}
