import type { CurvePoint } from "../../contracts/runs.ts";
import { type TrainRequest, trainNetwork } from "../services/train/train-network.ts";
import { serveTasks } from "./serve-tasks.ts";

/** What a training sends; `model` comes last. A cancel ends it early: then, too, the last checkpoint and the model of what it has come. */
export type TrainMessage =
  | { readonly type: "point"; readonly point: CurvePoint }
  | { readonly type: "checkpoint"; readonly bytes: Uint8Array }
  | { readonly type: "model"; readonly bytes: Uint8Array; readonly layers: readonly number[] };

serveTasks<TrainRequest, TrainMessage>(async (request, { emit, signal }) => {
  // Not awaited: messages keep their order, and there are only a few a second.
  const { model } = await trainNetwork(request, {
    onPoint: (point) => void emit({ type: "point", point }),
    onCheckpoint: (bytes) => void emit({ type: "checkpoint", bytes }),
    isStopped: () => signal.aborted,
  });
  await emit({ type: "model", bytes: model, layers: [784, ...request.settings.hidden, request.classes.length] });
});
