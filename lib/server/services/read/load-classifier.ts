import { decodeModel } from "../../../mlp/model-file/decode-model.ts";
import { toClassifier } from "../../../mlp/to-classifier.ts";
import type { Classifier } from "../../../pipeline/page-reading.ts";

let last: { readonly bytes: Uint8Array; readonly classifier: Classifier } | null = null;

/**
 * The classifier of an .ink file. The last one is kept: scan after scan comes with the same model, and to check it and lay its weights out
 * takes longer than all that it is asked on a page.
 * @throws InkformError where the bytes are no model
 */
export function loadClassifier(bytes: Uint8Array): Classifier {
  if (last === null || Buffer.compare(last.bytes, bytes) !== 0) last = { bytes, classifier: toClassifier(decodeModel(bytes)) };
  return last.classifier;
}
