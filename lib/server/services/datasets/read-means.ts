import type { Runtime } from "../../runtime.ts";
import { MEANS_NAME } from "./dataset-files.ts";
import { getDataset } from "./get-dataset.ts";

/** The mean image of each class of the training split: classes x 784 bytes, 255 = ink. @throws InkformError `not-found` */
export async function readMeans(runtime: Runtime, id: string): Promise<Uint8Array> {
  const dataset = await getDataset(runtime.database.client, id);
  return runtime.blobs.get(dataset.files[MEANS_NAME]);
}
