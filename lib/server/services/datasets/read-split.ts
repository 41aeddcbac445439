import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { labelByte } from "../../../core/char-classes.ts";
import { decodeIdxImages, decodeIdxLabels } from "../../../dataset/idx.ts";
import type { DatasetManifest } from "../../../dataset/manifest.ts";
import type { Split } from "../../../dataset/split-by-writer.ts";
import type { Runtime } from "../../runtime.ts";
import { idxNames, MANIFEST_NAME } from "./dataset-files.ts";
import { getDataset } from "./get-dataset.ts";

const unpack = promisify(gunzip);

export interface SplitData {
  readonly classes: readonly string[];
  /** n x 784, 255 = ink. */
  readonly images: Uint8Array;
  /** n numbers of classes: places in `classes`. */
  readonly labels: Uint8Array;
  /** The own glyphs, which come first; what follows them is MNIST's. */
  readonly members: DatasetManifest["members"][Split];
}

/** One split of a data set's version, read from its files. @throws InkformError `not-found` */
export async function readSplit(runtime: Runtime, datasetId: string, split: Split): Promise<SplitData> {
  const { files, classes } = await getDataset(runtime.database.client, datasetId);
  const read = async (name: string): Promise<Uint8Array> => asBytes(await unpack(await runtime.blobs.get(files[`${name}.gz`])));
  const names = idxNames(split);
  const images = decodeIdxImages(await read(names.images), names.images).data;
  const bytes = decodeIdxLabels(await read(names.labels), names.labels);
  const numberOf = new Map(classes.map((label, number) => [labelByte(label), number]));
  const manifest = JSON.parse(new TextDecoder().decode(await runtime.blobs.get(files[MANIFEST_NAME]))) as DatasetManifest;
  return { classes, images, labels: bytes.map((byte) => numberOf.get(byte)!), members: manifest.members[split] };
}

/** Plain bytes: a Buffer's `map` and `toJSON` are its own. */
function asBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
