import { useEffect, useRef, useState } from "react";
import { type CurvePoint, type RunView, runViewSchema } from "../../../../../lib/contracts/runs.ts";
import { getJson } from "../../../../_components/api-client.ts";
import { usePolling } from "../../../../_components/use-polling.ts";

/** A run with its whole curve; while it learns only the new points are asked for, twice a second. */
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
      if (run.curveLength < after) {
        points.current = [];
        return getJson(runViewSchema, `/api/runs/${id}`, signal);
      }
      return run;
    },
    { active: (run) => run.state === "queued" || run.state === "running", intervalMs: 450 },
  );
  useEffect(() => {
    if (data === null || data.curve.length === 0) return;
    // the answer starts at `curveLength - curve.length`: an answer that came twice adds nothing
    points.current = [...points.current.slice(0, data.curveLength - data.curve.length), ...data.curve];
    setCurve(points.current);
  }, [data]);
  return {
    run: data,
    curve,
    error,
    reload: async (options) => {
      if (options?.anew) points.current = [];
      await reload();
    },
  };
}
