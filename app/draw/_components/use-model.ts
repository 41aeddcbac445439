import { useEffect, useState } from "react";
import type { Model } from "../../../lib/mlp/model.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { getBytes } from "../../_components/api-client.ts";

const loaded = new Map<string, Promise<Model>>();

function loadModel(id: string): Promise<Model> {
  let model = loaded.get(id);
  if (model === undefined) {
    model = getBytes(`/api/models/${id}/file`).then(decodeModel);
    loaded.set(id, model);
    // a failed download is tried again when it is next asked for
    model.catch(() => loaded.delete(id));
  }
  return model;
}

/** The network `id` ("starter" or a run's), decoded in the browser; null while it is on its way. */
export function useModel(id: string): { model: Model | null; error: unknown; retry: () => void } {
  const [state, setState] = useState<{ id: string; model: Model | null; error: unknown }>({ id, model: null, error: null });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is a reason to load again
  useEffect(() => {
    let wanted = true;
    setState((before) => (before.id === id ? { ...before, error: null } : { id, model: null, error: null }));
    loadModel(id).then(
      (model) => wanted && setState({ id, model, error: null }),
      (error: unknown) => wanted && setState({ id, model: null, error }),
    );
    return () => {
      wanted = false;
    };
  }, [id, attempt]);
  return { model: state.id === id ? state.model : null, error: state.error, retry: () => setAttempt((n) => n + 1) };
}
