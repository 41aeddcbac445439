import { median } from "../bench-line.ts";
import type { CorpusResult } from "./corpus-child.ts";

export interface KindSummary {
  readonly kind: string;
  readonly readable: boolean;
  /** Cards (or pictures without one). */
  readonly pages: number;
  readonly read: number;
  readonly refused: number;
  readonly wrong: number;
  /** How often each reason was given for refusing, and each fault found on wrong pages. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly faults: ReadonlyMap<string, number>;
  /** Of the pages read, right or wrong. */
  readonly boxes: number;
  readonly boxesRight: number;
  readonly boxesWrong: number;
  readonly residualMm: { readonly median: number; readonly worst: number } | null;
  /** Median for one file. */
  readonly readMs: number;
}

/** Counts a kind's pages; cards of one picture count each. */
export function summarize(kind: string, readable: boolean, results: readonly CorpusResult[]): KindSummary {
  const verdicts = results.flatMap((result) => result.verdicts);
  const having = (outcome: string): number => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const sum = (of: "boxes" | "boxesRight" | "boxesWrong"): number => verdicts.reduce((total, verdict) => total + verdict[of], 0);
  const residuals = verdicts.flatMap(({ residualMm }) => (residualMm === null ? [] : [residualMm]));
  return {
    kind,
    readable,
    pages: verdicts.length,
    read: having("read"),
    refused: having("refused"),
    wrong: having("wrong"),
    reasons: count(verdicts.flatMap(({ reason }) => (reason === null ? [] : [reason]))),
    faults: count(verdicts.flatMap(({ faults }) => faults)),
    boxes: sum("boxes"),
    boxesRight: sum("boxesRight"),
    boxesWrong: sum("boxesWrong"),
    residualMm: residuals.length > 0 ? { median: median(residuals), worst: Math.max(...residuals) } : null,
    readMs: median(results.map((result) => result.readMs)),
  };
}

function count(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
