import { useEffect, useRef, useState } from "react";
import { type CurvePoint, type RunView, runViewSchema } from "../../../../../lib/contracts/runs.ts";
import { getJson } from "../../../../_components/api-client.ts";
import { usePolling } from "../../../../_components/use-polling.ts";

/** A run with its whole curve; while it learns only the new points are asked for, four times a second. */
export function useRun(id: string): {
  run: RunView | null;
  curve: readonly CurvePoint[];
  error: unknown;
  /** Loads at once; `anew` drops the curve, part of which a resumed run takes back. */
  reload: (options?: { anew: boolean }) => Promise<void>;
} {
  const points = useRef<CurvePoint[]>([]);
  const [curve, setCurve] = useState<readonly CurvePoint[]>([]);
  const { data, error, reload } = usePolling(
    `run ${id}`,
    async (signal) => {
      const after = points.current.length;
      const run = await getJson(runViewSchema, `/api/runs/${id}?after=${after}`, signal);
      if (run.curveLength >= after) return { run, after };
      return { run: await getJson(runViewSchema, `/api/runs/${id}`, signal), after: 0 };
    },
    { active: ({ run }) => run.state === "queued" || run.state === "running", intervalMs: 250 },
  );
  useEffect(() => {
    if (data === null || (data.run.curve.length === 0 && points.current.length <= data.after)) return;
    points.current = [...points.current.slice(0, data.after), ...data.run.curve];
    setCurve(points.current);
  }, [data]);
  return {
    run: data?.run ?? null,
    curve,
    error,
    reload: async (options) => {
      if (options?.anew) points.current = [];
      await reload();
    },
  };
}
