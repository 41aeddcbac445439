import { useEffect, useState } from "react";
import { type EvaluationView, evaluationViewSchema } from "../../../../../lib/contracts/runs.ts";
import { sendJson } from "../../../../_components/api-client.ts";

/** Measures a model on a set, or takes the measurement that is there already. The last result stays in sight while the next is made. */
export function useEvaluation(
  model: string | null,
  set: string | null,
): { evaluation: EvaluationView | null; busy: boolean; error: unknown; retry: () => void } {
  const [state, setState] = useState<{ evaluation: EvaluationView | null; busy: boolean; error: unknown }>({
    evaluation: null,
    busy: false,
    error: null,
  });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is a reason to measure again
  useEffect(() => {
    if (model === null || set === null) return;
    let wanted = true;
    setState((old) => ({ ...old, busy: true, error: null }));
    sendJson(evaluationViewSchema, "POST", `/api/models/${encodeURIComponent(model)}/evaluations`, { set }).then(
      (evaluation) => wanted && setState({ evaluation, busy: false, error: null }),
      (error: unknown) => wanted && setState({ evaluation: null, busy: false, error }),
    );
    return () => {
      wanted = false;
    };
  }, [model, set, attempt]);
  return { ...state, retry: () => setAttempt((n) => n + 1) };
}
