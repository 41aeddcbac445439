import type { TrainingSet } from "../../../mlp/training-set.ts";
import type { Runtime } from "../../runtime.ts";
import { readSplit } from "../datasets/read-split.ts";
import { readMnist } from "../mnist/read-mnist.ts";

export interface TrainingData {
  readonly train: TrainingSet;
  readonly validation: TrainingSet | undefined;
}

/** What a run trains on. @param datasetId null for MNIST's training set, whose labels are its classes' places already */
export async function readTrainingData(runtime: Runtime, datasetId: string | null): Promise<TrainingData> {
  if (datasetId === null) return { train: await readMnist(runtime, "train"), validation: undefined };
  const [train, validation] = [await readSplit(runtime, datasetId, "train"), await readSplit(runtime, datasetId, "validation")];
  return {
    train: { images: train.images, labels: train.labels },
    validation: validation.labels.length === 0 ? undefined : { images: validation.images, labels: validation.labels },
  };
}
