import type { RunComponents } from "../image/run-components.ts";
import type { FormRemoved } from "./form-removal.ts";
import type { MeasuredRuns } from "./measure-runs.ts";

/** `measureRuns` px by px, as its definition says: slow, for tests. */
export function measureRunsReference(
  { components, firstRun, rows, starts, ends }: RunComponents,
  { gray, paper, band }: Pick<FormRemoved, "gray" | "paper" | "band">,
): MeasuredRuns {
  const contrasts = new Float32Array(components.length + 1);
  const onLine = new Int32Array(components.length + 1);
  for (const { label } of components) {
    for (let run = firstRun[label - 1]; run < firstRun[label]; run++) {
      for (let x = starts[run]; x < ends[run]; x++) {
        const at = rows[run] * gray.width + x;
        const level = paper.level[(rows[run] >> 2) * paper.blocksX + (x >> 2)];
        contrasts[label] = Math.max(contrasts[label], 1 - gray.data[at] / level);
        if (band[at] !== 0) onLine[label]++;
      }
    }
  }
  return { contrasts, onLine };
}
