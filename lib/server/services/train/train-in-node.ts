import { createHash } from "node:crypto";
import type { TrainPlatform } from "../../../train/platform.ts";
import { type TrainListener, type TrainRequest, type TrainResult, trainNetwork } from "../../../train/train-network.ts";
import { createTrainingKernels } from "./create-training-kernels.ts";

/** `trainNetwork` with worker threads and the event loop of Node. */
export function trainInNode(request: TrainRequest, listener: TrainListener): Promise<TrainResult> {
  return trainNetwork(request, listener, NODE);
}

const NODE: TrainPlatform = {
  createKernels: createTrainingKernels,
  sha256: (parts) => {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    return hash.digest("hex");
  },
  turn: () => new Promise((resolve) => setImmediate(resolve)),
};
