import type { Floats } from "../kernels.ts";

/** Columns of the widest panel, as in wasm/panels.ts. */
const WIDEST = 24;

/** O rounded up to whole units of 8 columns. */
export function padColumns(O: number): number {
  return (O + 7) & ~7;
}

/** Calls `visit` for each of the panels in which T threads keep a layer of O outputs: wasm/panels.ts has the rule. */
function eachPanel(O: number, T: number, visit: (column: number, width: number) => void): void {
  const units = padColumns(O) / 8;
  for (let t = 0; t < T; t++) {
    const end = 8 * Math.floor((units * (t + 1)) / T);
    let c = 8 * Math.floor((units * t) / T);
    while (c < end) {
      const width = Math.min(WIDEST, end - c);
      visit(c, width);
      c += width;
    }
  }
}

/** panels (I x O in panels for T threads) = rows (I x O row-major) */
export function toPanels(panels: Floats, rows: Floats, { I, O, T }: { I: number; O: number; T: number }): void {
  eachPanel(O, T, (c, width) => {
    const there = Math.min(width, O - c);
    for (let i = 0; i < I; i++) for (let k = 0; k < there; k++) panels[c * I + i * width + k] = rows[i * O + c + k]!;
  });
}

/** rows (I x O row-major) = panels (I x O in panels for T threads) */
export function fromPanels(rows: Floats, panels: Floats, { I, O, T }: { I: number; O: number; T: number }): void {
  eachPanel(O, T, (c, width) => {
    const there = Math.min(width, O - c);
    for (let i = 0; i < I; i++) for (let k = 0; k < there; k++) rows[i * O + c + k] = panels[c * I + i * width + k]!;
  });
}
