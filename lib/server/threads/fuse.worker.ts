import { type FusionResult, fuseLabels } from "../../label/fusion/fuse-labels.ts";
import type { FusionInput } from "../../label/fusion/fusion-input.ts";
import { serveTasks } from "./serve-tasks.ts";

/** Sends one message: the estimate. */
serveTasks<FusionInput, FusionResult>(async (input, { emit }) => {
  await emit(fuseLabels(input));
});
