import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "./api-client.ts";

export interface Polled<T> {
  readonly data: T | null;
  /** Why the last attempt failed; the last good `data` stays. */
  readonly error: unknown;
  /** Loads now (after an action) and resolves when the new data are there. */
  readonly reload: () => Promise<void>;
  /** Shows `data` at once (an optimistic change); the next load replaces it. */
  readonly replace: (data: T) => void;
}

/**
 * Loads at once and again every `intervalMs` as long as `active(data)` says that something is under way; rests in a hidden tab.
 * `key` names what is loaded: another key starts anew.
 */
export function usePolling<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  options: { active: (data: T) => boolean; intervalMs?: number },
): Polled<T> {
  const [state, setState] = useState<{ key: string; data: T | null; error: unknown }>({ key, data: null, error: null });
  const latest = useRef({ load, options });
  latest.current = { load, options };
  const current = state.key === key ? state : { key, data: null, error: null };
  const controller = useRef<AbortController | null>(null);

  const reload = useCallback(async () => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    try {
      const data = await latest.current.load(own.signal);
      if (!own.signal.aborted) setState({ key, data, error: null });
    } catch (error) {
      if (!own.signal.aborted) setState((old) => ({ key, data: old.key === key ? old.data : null, error }));
    }
  }, [key]);

  useEffect(() => {
    void reload();
    return () => controller.current?.abort();
  }, [reload]);

  const busy = current.data !== null && options.active(current.data);
  // what is refused or not there will not come by asking again
  const failing = current.error !== null && !(current.error instanceof ApiError && current.error.problem.status < 500);
  useEffect(() => {
    if (!busy && !failing) return;
    // after a failure the server may be starting again: ask, but slowly
    const wait = failing ? 4000 : (latest.current.options.intervalMs ?? 700);
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;
    const tick = async () => {
      if (!document.hidden) await reload();
      if (!stopped) timer = setTimeout(() => void tick(), wait);
    };
    timer = setTimeout(() => void tick(), wait);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [busy, failing, reload]);

  const replace = useCallback((data: T) => setState({ key, data, error: null }), [key]);
  return { data: current.data, error: current.error, reload, replace };
}
