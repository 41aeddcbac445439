import { type Evaluation, evaluatePredictions } from "../../../evaluation/evaluate-predictions.ts";
import type { Model } from "../../../mlp/model.ts";
import { predict } from "../../../mlp/predict.ts";
import { toClassIndices } from "../../../train/choose-classes.ts";
import { prepareKernels } from "../../threads/prepare-kernels.ts";
import { readExampleFolders, type SplitName } from "./read-example-folders.ts";

/**
 * How well a model reads a split of a data folder.
 * @throws InkformError where the split is missing or has characters the model does not know
 */
export async function evaluateModelOnFolder(
  model: Model,
  folders: readonly string[],
  split: SplitName,
): Promise<Evaluation & { classes: readonly string[] }> {
  const { images, labels } = await readExampleFolders(folders, split);
  const truth = toClassIndices(labels, model.classes);
  prepareKernels();
  const probabilities = predict(model, images, labels.length);
  return { ...evaluatePredictions(probabilities, truth, model.classes.length), classes: model.classes };
}
