import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { InkformError } from "../../../lib/core/inkform-error.ts";
import { readExampleFolders } from "../../../lib/server/services/train/read-example-folders.ts";

const unpack = promisify(gunzip);

/** One person's digits of MNIST; no model here was trained on those of the test set. */
export interface RealWriter {
  /** NIST's number. */
  readonly writer: number;
  /** 28 x 28 images (255 = ink) of each digit "0" to "9"; at least one each. */
  readonly images: ReadonlyMap<string, readonly Uint8Array[]>;
}

const loaded = new Map<string, Promise<readonly RealWriter[]>>();

/**
 * The writers of MNIST's digits who wrote each digit at least once, by QMNIST's labels (Yadav and Bottou 2019): of a row's columns
 * the first is the digit, the third the writer. None where MNIST_DIR or QMNIST_DIR is not set.
 * @throws InkformError `invalid-file` where the two do not fit together
 */
export function loadRealWriters(split: "train" | "test" = "test"): Promise<readonly RealWriter[]> {
  if (!loaded.has(split)) loaded.set(split, load(split));
  return loaded.get(split)!;
}

async function load(split: "train" | "test"): Promise<readonly RealWriter[]> {
  const { MNIST_DIR, QMNIST_DIR } = process.env;
  if (!MNIST_DIR || !QMNIST_DIR) return [];
  const { images, labels } = await readExampleFolders([MNIST_DIR], split);
  const file = join(QMNIST_DIR, `qmnist-${split}-labels.tsv.gz`);
  const rows = (await unpack(await readFile(file))).toString("latin1").split("\n");
  const writers = new Map<number, Map<string, Uint8Array[]>>();
  labels.forEach((label, i) => {
    const [digit, , writer] = rows[i]!.split("\t");
    if (Number(digit) !== label) throw new InkformError("invalid-file", `${file}: row ${i + 1} is not of MNIST's ${split} digit ${i + 1}.`);
    const own = writers.get(Number(writer)) ?? new Map<string, Uint8Array[]>();
    writers.set(Number(writer), own);
    own.set(digit!, [...(own.get(digit!) ?? []), images.subarray(784 * i, 784 * (i + 1))]);
  });
  return [...writers].filter(([, own]) => own.size === 10).map(([writer, own]) => ({ writer, images: own }));
}
