import { CHAR_CLASSES } from "../../../core/char-classes.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Runtime } from "../../runtime.ts";
import { getDataset } from "../datasets/get-dataset.ts";
import { readSplit } from "../datasets/read-split.ts";
import { readMnist } from "../mnist/read-mnist.ts";

/** What a model is measured on. */
export interface EvaluationSet {
  readonly name: string;
  readonly images: Uint8Array;
  /** Places in CHAR_CLASSES. */
  readonly labels: Uint8Array;
  /** Who wrote each example, and which glyph it is; null for MNIST, where neither is known. */
  readonly members: readonly { readonly glyphId: string; readonly writer: string }[] | null;
}

/** @param set a data set's id, whose test split is read, or "mnist". @throws InkformError `not-found`, `unavailable`, `invalid-argument` (an empty test split) */
export async function readEvaluationSet(runtime: Runtime, set: string): Promise<EvaluationSet> {
  if (set === "mnist") return { name: "MNIST's test set", ...(await readMnist(runtime, "test")), members: null };
  const dataset = await getDataset(runtime.database.client, set);
  const { classes, images, labels, members } = await readSplit(runtime, set, "test");
  const name = `${dataset.collection.name}, version ${dataset.version}, test split`;
  if (labels.length === 0)
    throw new InkformError("invalid-argument", `${name}: is empty. Build a version with a test part, or measure on MNIST.`);
  const bytes = classes.map((label) => CHAR_CLASSES.indexOf(label));
  return { name, images, labels: labels.map((k) => bytes[k]), members };
}
