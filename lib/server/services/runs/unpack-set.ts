import { gunzipSync } from "node:zlib";
import { decodeIdxImages, decodeIdxLabels } from "../../../dataset/idx.ts";
import type { TrainingSet } from "../../../mlp/training-set.ts";
import { toClassIndices } from "../../../train/choose-classes.ts";
import { unpackOptions } from "../train/unpack-options.ts";

/** What Node unpacks at once. */
const MAX_BYTES = 2 ** 31 - 1;

/** A split as two IDX files, raw or packed with gzip: a fifth of its bytes to send to a child process. */
export interface PackedSet {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** Unpacks a split and numbers its labels by `classes`. Takes half a second for MNIST: for a child process. @throws InkformError `invalid-file`, `invalid-argument` */
export function unpackSet(set: PackedSet, classes: readonly string[]): TrainingSet {
  return {
    images: decodeIdxImages(unpack(set.images), "the training images").data,
    labels: toClassIndices(decodeIdxLabels(unpack(set.labels), "the training labels"), classes),
  };
}

function unpack(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const raw = gunzipSync(bytes, unpackOptions({ length: bytes.length, trailer: bytes }, MAX_BYTES));
  return new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength);
}
