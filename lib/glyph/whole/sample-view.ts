import type { BinaryImage } from "../../image/images.ts";
import type { GroupImage } from "../group-image.ts";

/** Cells of a view, and how many of them the usual height of a character has. */
const SIDE = 28;
const CELLS_OF_HEIGHT = 18;
const CELLS = SIDE * SIDE;

/** Inputs of the network: a view's cells as a group has ink in them, then as all other ink has. */
export const WHOLE_INPUTS = 2 * CELLS;

/**
 * What a group and the writing about it look like: SIDE x SIDE cells about the group's middle, of a size by the field's usual height, in each the share of ink of
 * the group, and of ink that is none of its. So a bit too much or too little shows by what goes on beyond it.
 * @param ink the field's
 * @returns WHOLE_INPUTS values, 0 none to about 1 all
 */
export function sampleView(ink: BinaryImage, { image, x, y }: GroupImage, heightPx: number): Float32Array {
  const view = new Float32Array(WHOLE_INPUTS);
  const scale = CELLS_OF_HEIGHT / heightPx;
  const [left, top] = [x + image.width / 2 - SIDE / 2 / scale, y + image.height / 2 - SIDE / 2 / scale];
  const reach = SIDE / scale;
  const share = scale * scale;
  const [first, end] = [Math.max(0, Math.floor(left)), Math.min(ink.width, Math.ceil(left + reach))];
  const across = Array.from({ length: Math.max(0, end - first) }, (_, k) => weigh((first + k + 0.5 - left) * scale - 0.5));
  for (let v = Math.max(0, Math.floor(top)); v < Math.min(ink.height, Math.ceil(top + reach)); v++) {
    const [row, below] = weigh((v + 0.5 - top) * scale - 0.5);
    const ownRow = v - y >= 0 && v - y < image.height ? (v - y) * image.width : -1;
    for (let u = first; u < end; u++) {
      if (ink.data[v * ink.width + u] === 0) continue;
      const isOwn = ownRow >= 0 && u - x >= 0 && u - x < image.width && image.data[ownRow + u - x] === 1;
      const [column, beside] = across[u - first];
      const start = isOwn ? 0 : CELLS;
      add(view, start, column, row, share * (1 - beside) * (1 - below));
      add(view, start, column + 1, row, share * beside * (1 - below));
      add(view, start, column, row + 1, share * (1 - beside) * below);
      add(view, start, column + 1, row + 1, share * beside * below);
    }
  }
  return view;
}

/** The cell before a place and how far it lies towards the next one. */
function weigh(at: number): [number, number] {
  const cell = Math.floor(at);
  return [cell, at - cell];
}

function add(view: Float32Array, start: number, column: number, row: number, share: number): void {
  if (column >= 0 && row >= 0 && column < SIDE && row < SIDE) view[start + row * SIDE + column] += share;
}
