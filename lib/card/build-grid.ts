import type { Box } from "../core/geometry.ts";
import type { Field } from "./card-manifest.ts";

type BoxMm = Field["box"];

/** The measures of a grid of boxes; a cell is a head (with the printed prompt) on top of a box to write in. */
export interface GridMeasures {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly headMm: number;
  readonly gapXMm: number;
  readonly gapYMm: number;
}

/** Columns and rows that fit into `area`. */
export function countCells(area: Box, m: GridMeasures): { columns: number; rows: number } {
  // The tiny sum keeps a grid that fits exactly from losing a row to rounding.
  const columns = Math.floor((area[2] + m.gapXMm) / (m.widthMm + m.gapXMm) + 1e-9);
  const rows = Math.floor((area[3] + m.gapYMm) / (m.headMm + m.heightMm + m.gapYMm) + 1e-9);
  return { columns, rows };
}

/**
 * Lays prompts out row by row, the grid centred in the width of `area`, from its top.
 *
 * @param options.columns boxes in a full row; `options.prefix` starts each row's field name: `r` gives r01, r02, ...
 * @returns one field a row. Its `box` covers heads and boxes, its `boxes` are the areas to write in.
 */
export function buildGrid(
  prompts: readonly string[],
  area: Box,
  options: GridMeasures & { columns: number; prefix: string; kind: Field["kind"]; firstRow?: number },
): Field[] {
  const { columns, prefix, kind, widthMm, heightMm, headMm, gapXMm, gapYMm, firstRow = 1 } = options;
  const left = area[0] + (area[2] - (columns * (widthMm + gapXMm) - gapXMm)) / 2;
  const fields: Field[] = [];
  for (let start = 0; start < prompts.length; start += columns) {
    const row = prompts.slice(start, start + columns);
    const top = area[1] + fields.length * (headMm + heightMm + gapYMm);
    const boxes = row.map((_, i): BoxMm => [left + i * (widthMm + gapXMm), top + headMm, widthMm, heightMm]);
    fields.push({
      name: `${prefix}${String(firstRow + fields.length).padStart(2, "0")}`,
      kind,
      prompt: row.join(""),
      box: [left, top, row.length * (widthMm + gapXMm) - gapXMm, headMm + heightMm],
      boxes,
    });
  }
  return fields;
}
