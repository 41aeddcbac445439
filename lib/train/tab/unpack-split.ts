import { InkformError } from "../../core/inkform-error.ts";
import { decodeIdxImages, decodeIdxLabels } from "../../dataset/idx.ts";
import type { TrainingSet } from "../../mlp/training-set.ts";
import { toClassIndices } from "../choose-classes.ts";
import type { IdxPair } from "./messages.ts";

const SIDE = 28;

/**
 * Unpacks a split with what every browser has, and numbers its labels by `classes`.
 * @param name of the split, for messages
 * @throws InkformError `invalid-file`, `invalid-argument`
 */
export async function unpackSplit(pair: IdxPair, classes: readonly string[], name: string): Promise<TrainingSet> {
  const images = decodeIdxImages(await unpack(pair.images, `the ${name} images`), `the ${name} images`);
  const labels = decodeIdxLabels(await unpack(pair.labels, `the ${name} labels`), `the ${name} labels`);
  if (images.rows !== SIDE || images.columns !== SIDE || images.count !== labels.length) {
    throw new InkformError(
      "invalid-file",
      `The ${name} split has ${images.count} images of ${images.rows} x ${images.columns} pixels and ${labels.length} labels; ` +
        `one label for each image of ${SIDE} x ${SIDE} is needed. Build the data set again.`,
    );
  }
  return { images: images.data, labels: toClassIndices(labels, classes) };
}

async function unpack(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new InkformError("invalid-file", `Of ${name} the gzip data is damaged or cut short. Load the page again.`, error);
  }
}
