import type { Rng } from "../../lib/core/rng.ts";
import { BORDER_CLASSES, INKED } from "../../lib/glyph/border/measure-borders.ts";
import { REACH, sampleCells, viewCell } from "../../lib/glyph/border/sample-cells.ts";
import { buildLattice } from "../../lib/glyph/build-lattice.ts";
import type { NetExample } from "../support/fit-small-net.ts";
import type { DrawnLine } from "../whole/draw-line.ts";

/** Of cells without a border so many are examples. */
const KEEP = 0.3;
/** A border goes through a cell where it parts so much of its side. */
const LEAST = 0.4;

/** Cells of touching characters, with where the border between two of them goes past; labels are places in `BORDER_CLASSES`. Views are made when asked for: all at once would fill the memory. */
export function listBorderExamples({ ink, characters }: DrawnLine, rng: Rng): NetExample[] {
  const { pieces, heightPx } = buildLattice(ink, { sliceAbove: 1e9, manyCuts: false });
  const owners = listOwners({ ink, characters });
  return pieces.flatMap((piece) => {
    const [left, top, width, height] = piece.box;
    const own = new Set<number>();
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) if (piece.mask.data[y * width + x] === 1) own.add(owners[(top + y) * ink.width + left + x]!);
    if (own.size < 2 && rng.float() >= KEEP) return [];
    const cells = sampleCells(ink, piece.box, heightPx);
    const { columns, rows, cellPx, shares } = cells;
    const counts = [0, 1, 2].map(() => new Float32Array((columns + 1) * (rows + 1)));
    const count = (kind: number, column: number, row: number): void => {
      if (column >= 0 && row >= 0) counts[kind]![row * columns + column]!++;
    };
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const i = (top + y) * ink.width + left + x;
        const [here, beside, below] = [owners[i]!, x < width - 1 ? owners[i + 1]! : 0, y < height - 1 ? owners[i + ink.width]! : 0];
        if (here === 0) continue;
        const [column, row] = [Math.floor((x + 0.5) / cellPx), Math.floor((y + 0.5) / cellPx)];
        if (beside !== 0 && beside !== here) count(0, Math.max(0, Math.round((x + 1) / cellPx) - 1), row);
        if (below !== 0 && below !== here) count(here < below ? 1 : 2, column, Math.max(0, Math.round((y + 1) / cellPx) - 1));
      }
    const examples: NetExample[] = [];
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        if (shares[(row + REACH) * (columns + 2 * REACH) + column + REACH]! < INKED) continue;
        const [right, above, below] = counts.map((values) => values[row * columns + column]! >= LEAST * cellPx) as [
          boolean,
          boolean,
          boolean,
        ];
        const label = BORDER_CLASSES.indexOf(`${right ? "right" : ""}${above ? "above" : below ? "below" : ""}`);
        if (label === 0 && rng.float() >= KEEP) continue;
        examples.push({
          label,
          get values() {
            return viewCell(cells, column, row);
          },
        });
      }
    return examples;
  });
}

/** For each px the number of its character from 1, 0 for paper; where two lie over each other, the one of which px that are its alone are nearest. */
function listOwners({ ink: { width, height, data }, characters }: DrawnLine): Uint8Array {
  const owners = new Uint8Array(width * height);
  const times = new Uint8Array(width * height);
  characters.forEach(({ image, offset }, i) => {
    for (let v = 0; v < image.height; v++)
      for (let u = 0; u < image.width; u++) {
        if (image.data[v * image.width + u] === 0) continue;
        const k = (offset[1] + v) * width + offset[0] + u;
        owners[k] = i + 1;
        times[k]!++;
      }
  });
  const queue: number[] = [];
  for (let k = 0; k < data.length; k++) {
    if (times[k]! > 1) owners[k] = 0;
    if (times[k] === 1) queue.push(k);
  }
  for (const k of queue) {
    const x = k % width;
    for (const next of [x > 0 ? k - 1 : -1, x < width - 1 ? k + 1 : -1, k - width, k + width])
      if (next >= 0 && next < data.length && times[next]! > 1 && owners[next] === 0) {
        owners[next] = owners[k]!;
        queue.push(next);
      }
  }
  return owners;
}
