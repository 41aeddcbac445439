import type { LabelErrors } from "../../label/find-label-errors.ts";
import { findSuspects, type SuspectTask } from "../services/quality/find-suspects.ts";
import { serveTasks } from "./serve-tasks.ts";

/** How far it is, some times a second at most; at last what was found. */
export type SuspectMessage =
  | { readonly type: "progress"; readonly fraction: number }
  | { readonly type: "found"; readonly found: LabelErrors };

const PROGRESS_MS = 500;

serveTasks<SuspectTask, SuspectMessage>(async (task, { emit, signal }) => {
  let saidAt = 0;
  const found = await findSuspects(task, {
    onProgress(fraction) {
      if (performance.now() - saidAt < PROGRESS_MS) return;
      saidAt = performance.now();
      void emit({ type: "progress", fraction });
    },
    isStopped: () => signal.aborted,
  });
  if (found !== null) await emit({ type: "found", found });
});
