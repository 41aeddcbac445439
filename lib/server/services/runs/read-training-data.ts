import { datasetViewSchema } from "../../../contracts/datasets.ts";
import type { Split } from "../../../dataset/split-by-writer.ts";
import type { Runtime } from "../../runtime.ts";
import { idxNames } from "../datasets/dataset-files.ts";
import { getDataset } from "../datasets/get-dataset.ts";
import { findMnist, readMnistFile } from "../mnist/find-mnist.ts";
import type { PackedSet } from "./unpack-set.ts";

export interface TrainingData {
  readonly train: PackedSet;
  readonly validation: PackedSet | undefined;
}

/** What a run trains on, packed as it is stored: the child process unpacks it. @param datasetId null for MNIST's training set */
export async function readTrainingData(runtime: Runtime, datasetId: string | null): Promise<TrainingData> {
  if (datasetId === null) return { train: await readMnistTraining(runtime), validation: undefined };
  const dataset = await getDataset(runtime.database.client, datasetId);
  const counts = datasetViewSchema.shape.splits.parse(dataset.splits);
  const read = async (split: Split): Promise<PackedSet> => {
    const { images, labels } = idxNames(split);
    return {
      images: await runtime.blobs.get(dataset.files[`${images}.gz`]),
      labels: await runtime.blobs.get(dataset.files[`${labels}.gz`]),
    };
  };
  return { train: await read("train"), validation: counts.validation.examples === 0 ? undefined : await read("validation") };
}

async function readMnistTraining(runtime: Runtime): Promise<PackedSet> {
  const places = await findMnist(runtime);
  const { images, labels } = idxNames("train");
  return { images: (await readMnistFile(places, images)).stored, labels: (await readMnistFile(places, labels)).stored };
}
