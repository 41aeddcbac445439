import { datasetViewSchema } from "../../../contracts/datasets.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Runtime } from "../../runtime.ts";
import { getMnist } from "../mnist/get-mnist.ts";

const DIGITS = [..."0123456789"];

export interface TrainingChoice {
  /** Null for MNIST alone. */
  readonly datasetId: string | null;
  readonly datasetName: string;
  readonly classes: string[];
  readonly hasValidation: boolean;
}

/**
 * What a run of the collection trains on.
 * @param dataset a data set's id, or "mnist"
 * @throws InkformError `not-found`, `unavailable` (MNIST is not here), `invalid-argument` (one class only)
 */
export function chooseTrainingData(runtime: Runtime, collectionId: string, dataset: string): Promise<TrainingChoice> {
  return dataset === "mnist" ? chooseMnist(runtime) : chooseDataset(runtime, collectionId, dataset);
}

async function chooseMnist(runtime: Runtime): Promise<TrainingChoice> {
  const mnist = await getMnist(runtime);
  if (!mnist.ready) {
    const missing = mnist.files.filter((file) => !file.present).map((file) => file.name);
    throw new InkformError(
      "unavailable",
      `MNIST is not here yet (${missing.join(", ")} missing): get it on the Datasets page first, or train on a data set of your own.`,
    );
  }
  return { datasetId: null, datasetName: "MNIST", classes: DIGITS, hasValidation: false };
}

async function chooseDataset(runtime: Runtime, collectionId: string, id: string): Promise<TrainingChoice> {
  const dataset = await runtime.database.client.dataset.findUnique({
    where: { id },
    select: { id: true, version: true, classes: true, collectionId: true, spec: true, splits: true },
  });
  if (dataset === null || dataset.collectionId !== collectionId)
    throw new InkformError("not-found", `This collection has no data set ${id}.`);
  if (dataset.classes.length < 2) {
    throw new InkformError(
      "invalid-argument",
      `Version ${dataset.version} has one class only ("${dataset.classes.join("")}"): there is nothing to tell apart. Build a version with more characters.`,
    );
  }
  const mixed = (dataset.spec as { includeMnist?: boolean }).includeMnist === true;
  const { validation } = datasetViewSchema.shape.splits.parse(dataset.splits);
  return {
    datasetId: dataset.id,
    datasetName: `Version ${dataset.version}${mixed ? " with MNIST" : ""}`,
    classes: dataset.classes,
    hasValidation: validation.examples > 0,
  };
}
