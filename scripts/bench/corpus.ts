import { resolve } from "node:path";
import { parseArguments, parseNumber, UsageError } from "../support/command-line.ts";
import { type Bench, type Report, round } from "./bench-line.ts";
import type { CorpusResult } from "./corpus/corpus-child.ts";
import { CORPUS_KINDS } from "./corpus/corpus-kinds.ts";
import { runChildren } from "./corpus/run-children.ts";
import { type KindSummary, summarize } from "./corpus/summarize.ts";
import { markdownTable } from "./markdown-table.ts";

const USAGE = `usage: npm run --silent bench -- corpus [--kinds A,B] [--pages N] [--minutes M] [--page K] [--seed S] [--processes P] [--keep FOLDER]
  --kinds A,B      only these kinds, or all that begin so (phone,no-)
  --pages N        pages a kind (25)
  --minutes M      begins no page after so long; pages go round the kinds, so that all have about as many (no limit)
  --page K         only page K of each kind: one page again, the same bytes
  --seed S         (1)
  --processes P    (2)
  --keep FOLDER    writes the pictures that were not read right there, with what went wrong
kinds:
${Object.entries(CORPUS_KINDS)
  .map(([name, { about, readable }]) => `  ${name.padEnd(18)} ${about}${readable ? "" : " (to be refused)"}`)
  .join("\n")}`;

/** Filled-in cards with every kind of trouble, made on the spot, read as the app reads them, compared with the truth. */
export const corpus: Bench = {
  about: "simulated filled-in cards with every kind of trouble: read, refused, read wrong, boxes right (see corpus --help)",
  needs: [],
  takesOptions: true,
  async run(report, args) {
    const { values } = parseArguments(
      args,
      {
        kinds: { type: "string" },
        pages: { type: "string" },
        minutes: { type: "string" },
        page: { type: "string" },
        seed: { type: "string" },
        processes: { type: "string" },
        keep: { type: "string" },
      },
      { usage: USAGE },
    );
    const kinds = chooseKinds(values.kinds);
    const pages = parseNumber("pages", values.pages ?? "25", { low: 1, high: 100_000 });
    const seed = parseNumber("seed", values.seed ?? "1", { low: 0, high: 4294967295 });
    const processes = parseNumber("processes", values.processes ?? "2", { low: 1, high: 64 });
    const only = values.page === undefined ? null : parseNumber("page", values.page, { low: 0, high: 100_000 });
    const indices = only === null ? Array.from({ length: pages }, (_, i) => i) : [only];
    const keep = values.keep === undefined ? null : resolve(values.keep);
    const limit =
      values.minutes === undefined ? Infinity : parseNumber("minutes", values.minutes, { low: 0.1, high: 10_000, whole: false });
    const tasks = indices.flatMap((index) => kinds.map((kind) => ({ kind, index, seed, keep })));

    const results = new Map<string, CorpusResult[]>();
    const startedAt = performance.now();
    await runChildren(tasks, { processes, until: startedAt + 60_000 * limit }, (result) => {
      const { kind } = result.task;
      results.set(kind, [...(results.get(kind) ?? []), result]);
      sayProgress(result);
    });
    const summaries = kinds.flatMap((kind) => {
      const done = results.get(kind);
      return done ? [summarize(kind, CORPUS_KINDS[kind]!.readable, done)] : [];
    });
    for (const summary of summaries) reportKind(summary, report);
    reportTotal(summaries, report);
    const pictures = [...results.values()].reduce((sum, done) => sum + done.length, 0);
    const minutes = (performance.now() - startedAt) / 60_000;
    console.error(
      `\n${pictures} pictures, seed ${seed}, ${processes} processes, ${minutes.toFixed(1)} minutes\n\n${buildTable(summaries)}`,
    );
  },
};

function chooseKinds(asked: string | undefined): string[] {
  const all = Object.keys(CORPUS_KINDS);
  if (asked === undefined) return all;
  return asked.split(",").flatMap((name) => {
    const chosen = all.includes(name) ? [name] : all.filter((kind) => kind.startsWith(name));
    if (chosen.length === 0) throw new UsageError(`There is no kind "${name}".\n${USAGE}`);
    return chosen;
  });
}

/** One line a picture that is not as it should be, or is worth a look. */
function sayProgress({ task, drawn, verdicts, readMs, makeMs, memoryMb }: CorpusResult): void {
  const { readable } = CORPUS_KINDS[task.kind]!;
  const what = verdicts
    .map(({ outcome, reason, faults, boxes, boxesRight }) =>
      [outcome, reason ?? "", faults.join("+"), boxes > 0 ? `${boxesRight}/${boxes}` : ""].filter((part) => part !== "").join(" "),
    )
    .join(", ");
  const mark = verdicts.every(({ outcome }) => outcome === (readable ? "read" : "refused")) ? " " : "!";
  console.error(
    `${mark} ${task.kind} ${task.index}: ${what} (${readMs.toFixed(0)} ms, made in ${makeMs.toFixed(0)}; ${memoryMb.toFixed(0)} MB) ${drawn}`,
  );
}

function reportKind(summary: KindSummary, report: Report): void {
  const { kind, pages, read, refused, wrong, boxes, boxesRight, boxesWrong, residualMm, readMs } = summary;
  const say = (figure: string, value: number, unit: string): void =>
    report({ figure: `${kind}: ${figure}`, value, unit, against: null, ratio: null });
  say("pages", pages, "count");
  say("read", read, "count");
  say("refused", refused, "count");
  for (const [reason, times] of summary.reasons) say(`refused as ${reason}`, times, "count");
  say("read wrong", wrong, "count");
  for (const [fault, times] of summary.faults) say(`read wrong for its ${fault}`, times, "count");
  say("processor time to decode and read a picture, median", round(readMs), "ms");
  if (boxes === 0) return;
  say("boxes right", boxesRight / boxes, "fraction");
  say("boxes neither right nor in doubt", boxesWrong, "count");
  if (residualMm === null) return;
  say("residual, median page", round(residualMm.median), "mm");
  say("residual, worst page", round(residualMm.worst), "mm");
}

interface Total {
  readonly pages: number;
  readonly read: number;
  readonly refused: number;
  readonly wrong: number;
  readonly boxes: number;
  readonly boxesRight: number;
  readonly boxesWrong: number;
}

function add(summaries: readonly KindSummary[]): Total {
  const sum = (of: keyof Total): number => summaries.reduce((total, summary) => total + summary[of], 0);
  return {
    pages: sum("pages"),
    read: sum("read"),
    refused: sum("refused"),
    wrong: sum("wrong"),
    boxes: sum("boxes"),
    boxesRight: sum("boxesRight"),
    boxesWrong: sum("boxesWrong"),
  };
}

function reportTotal(summaries: readonly KindSummary[], report: Report): void {
  const say = (figure: string, value: number, unit: string): void =>
    report({ figure: `all kinds: ${figure}`, value, unit, against: null, ratio: null });
  const all = add(summaries);
  const readable = add(summaries.filter((summary) => summary.readable));
  say("read wrong", all.wrong, "count");
  if (readable.pages > 0) say("read, of the pages that a person could read", readable.read / readable.pages, "fraction");
  if (readable.boxes > 0) say("boxes right, of the pages read", readable.boxesRight / readable.boxes, "fraction");
  if (readable.boxes > 0) say("boxes not right but in doubt", readable.boxes - readable.boxesRight - readable.boxesWrong, "count");
  if (readable.boxes > 0) say("boxes neither right nor in doubt", readable.boxesWrong, "count");
}

function buildTable(summaries: readonly KindSummary[]): string {
  const row = (name: string, total: Total, why: string, residual: string, ms: string): string[] => [
    name,
    ...[total.pages, total.read, total.refused, total.wrong].map(String),
    total.boxes > 0 ? `${((100 * total.boxesRight) / total.boxes).toFixed(2)} %` : "",
    total.boxes > 0 ? `${total.boxes - total.boxesRight - total.boxesWrong}, ${total.boxesWrong}` : "",
    residual,
    ms,
    why,
  ];
  const rows = summaries.map((summary) => {
    const { residualMm } = summary;
    const residual = residualMm ? `${residualMm.median.toFixed(2)}, ${residualMm.worst.toFixed(2)}` : "";
    const why = [...summary.reasons, ...[...summary.faults].map(([fault, times]) => [`wrong ${fault}`, times] as const)];
    return row(
      summary.readable ? summary.kind : `${summary.kind} (to be refused)`,
      summary,
      why.map(([name, times]) => `${name} ${times}`).join(", "),
      residual,
      summary.readMs.toFixed(0),
    );
  });
  const readable = summaries.filter((summary) => summary.readable);
  if (readable.length > 0) rows.push(row("all that a person could read", add(readable), "", "", ""));
  if (readable.length < summaries.length)
    rows.push(row("all to be refused", add(summaries.filter((summary) => !summary.readable)), "", "", ""));
  return markdownTable(
    [
      "kind",
      "pages",
      "read",
      "refused",
      "read wrong",
      "boxes right",
      "others: told, not",
      "residual mm: median, worst",
      "processor ms",
      "why",
    ],
    rows,
  );
}
