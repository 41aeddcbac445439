"use client";

import { Checkbox } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import type { RunView } from "../../../../../lib/contracts/runs.ts";
import { ErrorRateText } from "../../../../_components/error-rate-text.tsx";
import { formatMoment } from "../../../../_components/format.ts";
import { RunState } from "./run-state.tsx";
import classes from "./runs-table.module.css";

type Column = "number" | "data" | "layers" | "epochs" | "mnist" | "own";
const COLUMNS: readonly { id: Column; name: string; key: (run: RunView) => number | string }[] = [
  { id: "number", name: "Run", key: (run) => run.number },
  { id: "data", name: "Learned from", key: (run) => run.dataset.name },
  { id: "layers", name: "Layers", key: (run) => run.settings.hidden.reduce((sum, units) => sum + units, 0) },
  { id: "epochs", name: "Epochs", key: (run) => run.settings.epochs },
  { id: "own", name: "Own test", key: (run) => rateOf(run, "own")?.errorRate ?? Number.POSITIVE_INFINITY },
  { id: "mnist", name: "MNIST", key: (run) => rateOf(run, "mnist")?.errorRate ?? Number.POSITIVE_INFINITY },
];

interface RunsTableProps {
  readonly slug: string;
  readonly runs: readonly RunView[];
  readonly compared: ReadonlySet<string>;
  readonly onCompare: (id: string) => void;
}

/** The runs, sorted by any column; those marked are drawn together. */
export function RunsTable({ slug, runs, compared, onCompare }: RunsTableProps) {
  const [sort, setSort] = useState<{ column: Column; down: boolean }>({ column: "number", down: true });
  const { key } = COLUMNS.find((column) => column.id === sort.column) ?? COLUMNS[0];
  const sorted = runs.toSorted((a, b) => (compare(key(a), key(b)) || a.number - b.number) * (sort.down ? -1 : 1));
  const best = { own: bestOf(runs, "own"), mnist: bestOf(runs, "mnist") };
  return (
    <div className={classes.scroll}>
      <table className={classes.table} data-testid="runs-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Compare</span>
            </th>
            {COLUMNS.map(({ id, name }) => (
              <th key={id} scope="col" aria-sort={sort.column === id ? (sort.down ? "descending" : "ascending") : undefined}>
                <button
                  type="button"
                  onClick={() => setSort((old) => ({ column: id, down: old.column === id ? !old.down : id === "number" }))}
                >
                  {name}
                  <span aria-hidden="true">{sort.column === id ? (sort.down ? " ↓" : " ↑") : ""}</span>
                </button>
              </th>
            ))}
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((run) => (
            <tr key={run.id} data-testid="run-row">
              <td>
                <Checkbox
                  size="xs"
                  aria-label={`Compare run ${run.number}`}
                  checked={compared.has(run.id)}
                  onChange={() => onCompare(run.id)}
                />
              </td>
              <th scope="row">
                <Link href={`/c/${slug}/runs/${run.id}`}>Run {run.number}</Link>
                <small>{formatMoment(run.createdAt)}</small>
              </th>
              <td>{run.dataset.name}</td>
              <td>
                {[784, ...run.settings.hidden, run.classes.length].join("–")}
                {run.settings.members > 1 && <small>committee of {run.settings.members}</small>}
                {run.settings.augment !== "none" && <small>{run.settings.augment}</small>}
              </td>
              <td>{run.settings.epochs}</td>
              {(["own", "mnist"] as const).map((set) => {
                const rate = rateOf(run, set);
                return (
                  <td
                    key={set}
                    className={classes.rate}
                    data-best={(rate !== null && runs.length > 1 && rate.errorRate === best[set]) || undefined}
                  >
                    {rate === null ? "–" : <ErrorRateText rate={rate} />}
                  </td>
                );
              })}
              <td>
                <RunState run={run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The latest measurement on MNIST, or on a data set of one's own. */
function rateOf(run: RunView, set: "mnist" | "own") {
  return run.evaluations.findLast((evaluation) => (evaluation.set === "mnist") === (set === "mnist"))?.result ?? null;
}

function bestOf(runs: readonly RunView[], set: "mnist" | "own"): number {
  return Math.min(...runs.map((run) => rateOf(run, set)?.errorRate ?? Number.POSITIVE_INFINITY));
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
