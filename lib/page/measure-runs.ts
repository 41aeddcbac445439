import { takePictureRoom } from "../image/kernels/take-room.ts";
import type { RunComponents } from "../image/run-components.ts";
import type { FormRemoved } from "./form-removal.ts";

/** Of each component, by its label. */
export interface MeasuredRuns {
  /** How much darker than paper its darkest px is, as a share of the paper's level. */
  readonly contrasts: Float32Array;
  /** Px of it on a printed line's band. */
  readonly onLine: Int32Array;
}

/** Measures the components of a page's ink, by a kernel. The plain way is `measure-runs.reference.ts`; a test holds the two equal. */
export function measureRuns(
  { components, firstRun, rows, starts, ends }: RunComponents,
  { gray, paper, band }: Pick<FormRemoved, "gray" | "paper" | "band">,
): MeasuredRuns {
  const lists = [firstRun, rows, starts, ends];
  const n = components.length + 1;
  const { kernels, bytes, at, read } = takePictureRoom([...lists.map((list) => list.byteLength), 4 * n, 4 * n], {
    read: [gray.data, band, paper.level],
  });
  for (const [i, list] of lists.entries()) new Int32Array(bytes.buffer, at[i], list.length).set(list);
  const [runsAt, rowsAt, startsAt, endsAt, contrasts, onLine] = at;
  const [pixels, marks, level] = read;
  // biome-ignore format: 12 numbers
  kernels.measureRuns(pixels, marks, gray.width, level, paper.blocksX, runsAt, rowsAt, startsAt, endsAt, components.length, contrasts, onLine);
  // Label 0 is none.
  const measured = {
    contrasts: new Float32Array(bytes.buffer, contrasts, n).slice(),
    onLine: new Int32Array(bytes.buffer, onLine, n).slice(),
  };
  measured.contrasts[0] = 0;
  measured.onLine[0] = 0;
  return measured;
}
