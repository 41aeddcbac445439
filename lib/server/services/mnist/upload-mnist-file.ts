import type { MnistView } from "../../../contracts/datasets.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Runtime } from "../../runtime.ts";
import { checkMnistFile } from "./check-mnist-file.ts";
import { getMnist } from "./get-mnist.ts";
import { findMnistFile, MNIST_FILES } from "./mnist-files.ts";
import { storeMnistFile } from "./store-mnist-file.ts";

/** The largest of the four, unpacked. */
export const MAX_MNIST_BYTES = 47_040_016;

/**
 * Takes one of MNIST's four files, raw or packed with gzip, if its sum is right.
 * @throws InkformError `invalid-file` where it is none of them, is damaged, or has a wrong sum; nothing is stored then
 */
export async function uploadMnistFile(runtime: Runtime, fileName: string, bytes: Uint8Array): Promise<MnistView> {
  const file = findMnistFile(fileName);
  if (file === null) {
    throw new InkformError(
      "invalid-file",
      `${fileName}: is none of MNIST's files, which are named ${MNIST_FILES.map((f) => f.name).join(", ")} (or with .gz). Nothing was stored.`,
    );
  }
  await checkMnistFile(bytes, file, fileName);
  await storeMnistFile(runtime, file, { bytes, source: "uploaded" });
  return getMnist(runtime);
}
