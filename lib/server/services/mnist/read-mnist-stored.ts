import { InkformError } from "../../../core/inkform-error.ts";
import type { Runtime } from "../../runtime.ts";
import { findMnist, readMnistFile } from "./find-mnist.ts";
import { findMnistFile, MNIST_FILES } from "./mnist-files.ts";

/** One of MNIST's files as it is kept, raw or packed with gzip. @throws InkformError `not-found`, `unavailable`, `invalid-file` */
export async function readMnistStored(runtime: Runtime, fileName: string): Promise<Uint8Array> {
  const file = findMnistFile(fileName);
  if (file === null) {
    throw new InkformError("not-found", `MNIST has no file ${fileName}; it has ${MNIST_FILES.map((f) => f.name).join(", ")}.`);
  }
  return (await readMnistFile(await findMnist(runtime), file.name)).stored;
}
