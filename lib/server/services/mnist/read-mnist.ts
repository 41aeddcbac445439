import { assertArgument } from "../../../core/assert.ts";
import { decodeIdxImages, decodeIdxLabels } from "../../../dataset/idx.ts";
import type { Runtime } from "../../runtime.ts";
import { findMnist, readMnistFile } from "./find-mnist.ts";

/** MNIST's digits: n x 784 bytes, 255 = ink, and their classes 0 to 9. */
export interface MnistSet {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * @param set `train`: 60,000 digits, `test`: 10,000
 * @throws InkformError `unavailable` where the files are missing, `invalid-file` where MNIST_DIR holds something else
 */
export async function readMnist(runtime: Runtime, set: "train" | "test"): Promise<MnistSet> {
  const prefix = set === "train" ? "train" : "t10k";
  const places = await findMnist(runtime);
  const names = { images: `${prefix}-images-idx3-ubyte`, labels: `${prefix}-labels-idx1-ubyte` };
  const images = decodeIdxImages((await readMnistFile(places, names.images)).unpacked, names.images);
  const labels = decodeIdxLabels((await readMnistFile(places, names.labels)).unpacked, names.labels);
  assertArgument(
    images.rows === 28 && images.columns === 28 && images.count === labels.length,
    `${names.images} and ${names.labels} do not belong together`,
  );
  return { images: images.data, labels };
}
