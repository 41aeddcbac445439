import type { Readable } from "node:stream";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Runtime } from "../../runtime.ts";
import { DATASET_FILE_NAMES } from "./dataset-files.ts";
import { getDataset } from "./get-dataset.ts";

/** One file of a data set's version. @throws InkformError `not-found` */
export async function readDatasetFile(runtime: Runtime, id: string, name: string): Promise<{ stream: Readable; bytes: number }> {
  const dataset = await getDataset(runtime.database.client, id);
  if (!DATASET_FILE_NAMES.includes(name)) {
    throw new InkformError("not-found", `A data set has no file ${name}; it has ${DATASET_FILE_NAMES.join(", ")}.`);
  }
  return runtime.blobs.stream(dataset.files[name]);
}
