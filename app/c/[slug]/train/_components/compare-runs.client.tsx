"use client";

import { useEffect, useMemo, useState } from "react";
import { type RunView, runViewSchema } from "../../../../../lib/contracts/runs.ts";
import { getJson } from "../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { CurveChart, type CurveLine } from "./curve-chart.client.tsx";

const PENS = [
  { color: "--accent" },
  { color: "--missed", dash: [7, 4] },
  { color: "--found", dash: [2, 3] },
  { color: "--doubt", dash: [10, 3, 2, 3] },
] as const;
/** As many as can be told apart. */
export const MOST_COMPARED = PENS.length;

/** The losses of several runs over one another. */
export function CompareRuns({ ids }: { ids: readonly string[] }) {
  const [runs, setRuns] = useState<readonly RunView[]>([]);
  const [error, setError] = useState<unknown>(null);
  const wanted = ids.join(",");
  useEffect(() => {
    const controller = new AbortController();
    setError(null);
    Promise.all(wanted.split(",").map((id) => getJson(runViewSchema, `/api/runs/${id}`, controller.signal))).then(
      (all) => setRuns(all),
      (caught: unknown) => !controller.signal.aborted && setError(caught),
    );
    return () => controller.abort();
  }, [wanted]);
  const lines = useMemo(
    () =>
      runs.map(
        (run, i): CurveLine => ({
          name: `run ${run.number}, loss`,
          axis: "loss",
          points: run.curve.map((p) => [p.epoch, p.loss] as const),
          ...PENS[i % PENS.length],
        }),
      ),
    [runs],
  );
  if (error !== null) return <ErrorNotice title="The curves could not be loaded" error={error} />;
  return (
    <CurveChart
      lines={lines}
      log
      epochs={Math.max(1, ...runs.map((run) => run.settings.epochs * run.settings.members))}
      label={`Losses of ${runs.map((run) => `run ${run.number}`).join(", ")}`}
    />
  );
}
