import { Readable } from "node:stream";
import { Zip, ZipPassThrough } from "fflate";
import type { Runtime } from "../../runtime.ts";
import { DATASET_FILE_NAMES } from "./dataset-files.ts";
import { getDataset } from "./get-dataset.ts";

/**
 * All files of a data set's version as one zip, streamed; stored, not packed again, since they are packed already. Every entry has the time of the version: the
 * same version gives the same zip.
 * @throws InkformError `not-found`
 */
export async function exportDataset(runtime: Runtime, id: string): Promise<{ fileName: string; stream: Readable }> {
  const dataset = await getDataset(runtime.database.client, id);
  const name = `${dataset.collection.slug}-v${dataset.version}`;
  return { fileName: `${name}.zip`, stream: Readable.from(zip(runtime, dataset, name), { objectMode: false }) };
}

async function* zip(
  runtime: Runtime,
  dataset: { files: Readonly<Record<string, string>>; createdAt: Date },
  folder: string,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const archive = new Zip((error, chunk) => {
    if (error) failure = error;
    else ready.push(chunk);
  });
  for (const name of DATASET_FILE_NAMES) {
    const entry = new ZipPassThrough(`${folder}/${name}`);
    entry.mtime = dataset.createdAt;
    archive.add(entry);
    const { stream } = await runtime.blobs.stream(dataset.files[name]);
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      entry.push(chunk);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(0), true);
    yield* ready.splice(0);
    if (failure !== null) throw failure as Error;
  }
  archive.end();
  yield* ready.splice(0);
}
