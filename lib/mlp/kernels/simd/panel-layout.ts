import type { Floats } from "../kernels.ts";

/** Floats from one row of a panel to the next, as in wasm/panels.ts. */
const ROW = 32;

/** O rounded up to whole units of 8 columns. */
export function padColumns(O: number): number {
  return (O + 7) & ~7;
}

/** How many panels O columns lie in: wasm/panels.ts has the rule. */
function panelCount(O: number): number {
  return Math.ceil(padColumns(O) / ROW);
}

/** Floats that a layer's weights take in panels. */
export function panelFloats(I: number, O: number): number {
  return panelCount(O) * I * ROW;
}

/** Calls `visit` for every stretch of columns of the rows from `start` to before `end`: its place in panels, in these rows, and how many columns there are. */
function eachStretch(
  { I, O, start, end }: { I: number; O: number; start: number; end: number },
  visit: (inPanels: number, inRows: number, columns: number) => void,
): void {
  const panels = panelCount(O);
  const first = (p: number): number => 8 * Math.floor(((padColumns(O) / 8) * p) / panels);
  for (let p = 0; p < panels; p++) {
    const columns = Math.min(first(p + 1), O) - first(p);
    for (let i = start; i < end; i++) visit((p * I + i) * ROW, (i - start) * O + first(p), columns);
  }
}

/** panels = rows (I x O row-major) */
export function toPanels(panels: Floats, rows: Floats, { I, O }: { I: number; O: number }): void {
  eachStretch({ I, O, start: 0, end: I }, (to, from, columns) => panels.set(rows.subarray(from, from + columns), to));
}

/** rows (row-major) = as many of the I x O in panels as there is room for, from row `first` */
export function fromPanels(rows: Floats, panels: Floats, { I, O, first }: { I: number; O: number; first: number }): void {
  eachStretch({ I, O, start: first, end: first + rows.length / O }, (from, to, columns) =>
    rows.set(panels.subarray(from, from + columns), to),
  );
}
