import { createHash } from "node:crypto";
import type { TrainPlatform } from "../../../train/platform.ts";
import { type OutOfFoldListener, type OutOfFoldRequest, predictOutOfFold } from "../../../train/predict-out-of-fold.ts";
import { trainCommittee } from "../../../train/train-committee.ts";
import type { TrainListener, TrainRequest, TrainResult } from "../../../train/train-network.ts";
import { createTrainingKernels } from "./create-training-kernels.ts";

/** `trainCommittee`, of one network or several, with worker threads and the event loop of Node. */
export function trainInNode(request: TrainRequest, listener: TrainListener): Promise<TrainResult> {
  return trainCommittee(request, listener, NODE);
}

/** `predictOutOfFold` likewise. */
export function predictOutOfFoldInNode(request: OutOfFoldRequest, listener: OutOfFoldListener): Promise<Float32Array | null> {
  return predictOutOfFold(request, listener, NODE);
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
