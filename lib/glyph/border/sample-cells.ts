import type { Box } from "../../core/geometry.ts";
import type { BinaryImage } from "../../image/images.ts";

/** Cells of the usual height of a character. */
const CELLS_OF_HEIGHT = 20;
/** What the network sees about a cell: so many cells to each side. */
export const REACH = 14;
const SIDE = 2 * REACH + 1;

/** Inputs of the network: the shares of ink of the cells about one, row by row. */
export const BORDER_INPUTS = SIDE * SIDE;

/** A component and the ink about it in square cells, as the network sees them. */
export interface Cells {
  /** Of the component's box; the cells have REACH more on each side. */
  readonly columns: number;
  readonly rows: number;
  /** A cell's side, px. */
  readonly cellPx: number;
  /** Share of ink by cell, 0 to 1: (columns + 2 REACH) x (rows + 2 REACH). */
  readonly shares: Float32Array;
}

/** @param box the component's within the field's `ink` */
export function sampleCells(ink: BinaryImage, [left, top, width, height]: Box, heightPx: number): Cells {
  const cellPx = heightPx / CELLS_OF_HEIGHT;
  const columns = Math.ceil(width / cellPx);
  const rows = Math.ceil(height / cellPx);
  const stride = columns + 2 * REACH;
  const shares = new Float32Array(stride * (rows + 2 * REACH));
  const share = 1 / cellPx ** 2;
  const across = weigh(left, ink.width, cellPx, columns);
  const down = weigh(top, ink.height, cellPx, rows);
  for (const { at: y, cell: row, part: own } of down)
    for (const { at: x, cell: column, part } of across)
      if (ink.data[y * ink.width + x] === 1) shares[row * stride + column] += share * own * part;
  return { columns, rows, cellPx, shares };
}

/** Copies what the network sees about a cell of the component's box. */
export function viewCell({ columns, shares }: Cells, column: number, row: number, view = new Float32Array(BORDER_INPUTS)): Float32Array {
  const stride = columns + 2 * REACH;
  for (let v = 0; v < SIDE; v++) {
    const start = (row + v) * stride + column;
    view.set(shares.subarray(start, start + SIDE), v * SIDE);
  }
  return view;
}

/** Along one axis: the px that lie in cells, and how much of each. */
function weigh(start: number, end: number, cellPx: number, cells: number): { at: number; cell: number; part: number }[] {
  const found: { at: number; cell: number; part: number }[] = [];
  const last = Math.min(end - 1, Math.floor(start + (cells + REACH) * cellPx));
  for (let at = Math.max(0, Math.floor(start - REACH * cellPx)); at <= last; at++) {
    const [from, to] = [(at - start) / cellPx + REACH, (at + 1 - start) / cellPx + REACH];
    for (let cell = Math.max(0, Math.floor(from)); cell < Math.min(to, cells + 2 * REACH); cell++) {
      const part = (Math.min(to, cell + 1) - Math.max(from, cell)) * cellPx;
      if (part > 1e-6) found.push({ at, cell, part });
    }
  }
  return found;
}
