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

/** Calls `visit` for the place of every stretch of columns of a row: in panels, in rows, and how many there are. */
function eachStretch(I: number, O: number, visit: (inPanels: number, inRows: number, columns: number) => void): void {
  const panels = panelCount(O);
  const first = (p: number): number => 8 * Math.floor(((padColumns(O) / 8) * p) / panels);
  for (let p = 0; p < panels; p++) {
    const columns = Math.min(first(p + 1), O) - first(p);
    for (let i = 0; i < I; i++) visit((p * I + i) * ROW, i * O + first(p), columns);
  }
}

/** panels = rows (I x O row-major) */
export function toPanels(panels: Floats, rows: Floats, { I, O }: { I: number; O: number }): void {
  eachStretch(I, O, (to, from, columns) => panels.set(rows.subarray(from, from + columns), to));
}

/** rows (I x O row-major) = panels */
export function fromPanels(rows: Floats, panels: Floats, { I, O }: { I: number; O: number }): void {
  eachStretch(I, O, (from, to, columns) => rows.set(panels.subarray(from, from + columns), to));
}
