import { formatPercent } from "../../../../../_components/format.ts";
import type { Evidence } from "./list-evidence.ts";

/** The posterior as it is read out: "Estimate: 3 71.2 %, 8 28.6 %". Classes that hardly count are left out; empty where nothing was estimated. */
export function speakEstimate(evidence: readonly Evidence[]): string {
  const heard = evidence.filter(({ estimate }) => estimate !== null && estimate >= 0.01).slice(0, 4);
  if (heard.length === 0) return "";
  return `Estimate: ${heard.map(({ value, estimate }) => `${value} ${formatPercent(estimate ?? 0, 1)}`).join(", ")}`;
}
