import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { UNLABELLED } from "../../../core/char-classes.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { decodeIdxImages, decodeIdxLabels } from "../../../dataset/idx.ts";
import { unpackFile } from "./unpack-file.ts";

export const SPLITS = ["train", "validation", "test"] as const;
export type SplitName = (typeof SPLITS)[number];

/** How file names begin, as MNIST's do. */
const PREFIX: Record<SplitName, string> = { train: "train-", validation: "validation-", test: "t10k-" };
const SIDE = 28;
/** A file of 2.7 million images, what Node reads at once; more is refused while it is unpacked. */
const MAX_BYTES = 2 ** 31 - 1;

/** Labelled images of 28 x 28 bytes (255 = ink), their labels as in the files. */
export interface LabelledImages {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  /** How many had no label (255) and were left out. */
  readonly unlabelled: number;
}

/**
 * Reads a split from folders with IDX files, raw or packed as .gz: {train,validation,t10k}-{images-idx3,labels-idx1}-ubyte as MNIST
 * names them, or images-idx3-ubyte with labels-idx1-ubyte as `npm run read` writes them, which count as training data. Several
 * folders follow one another; one that has no such split adds nothing.
 * @throws InkformError `not-found` where no folder has the split, `invalid-file` where a file is not what its name says
 */
export async function readExampleFolders(folders: readonly string[], split: SplitName): Promise<LabelledImages> {
  const found = await findExamples(folders, split);
  if (!found) throw missing(folders.join(", "), split);
  return found;
}

/** As `readExampleFolders`, but null where no folder has the split. Training data must be in every folder that is given. */
export async function findExamples(folders: readonly string[], split: SplitName): Promise<LabelledImages | null> {
  const parts: LabelledImages[] = [];
  for (const folder of folders) {
    const part = (await readPair(folder, PREFIX[split])) ?? (split === "train" ? await readPair(folder, "") : null);
    if (part) parts.push(part);
    else if (split === "train") throw missing(folder, split);
  }
  if (parts.length === 0) return null;
  return {
    images: concatenate(parts.map((part) => part.images)),
    labels: concatenate(parts.map((part) => part.labels)),
    unlabelled: parts.reduce((sum, part) => sum + part.unlabelled, 0),
  };
}

function missing(where: string, split: SplitName): InkformError {
  const names = `${PREFIX[split]}images-idx3-ubyte and ${PREFIX[split]}labels-idx1-ubyte (or .gz)`;
  const more = split === "train" ? ", nor images-idx3-ubyte and labels-idx1-ubyte" : "";
  return new InkformError("not-found", `${where}: has no ${split} split: there are no files ${names}${more}. Give a folder that has them.`);
}

async function readPair(folder: string, prefix: string): Promise<LabelledImages | null> {
  const imagesName = join(folder, `${prefix}images-idx3-ubyte`);
  const labelsName = join(folder, `${prefix}labels-idx1-ubyte`);
  const [imageBytes, labelBytes] = await Promise.all([readUnpacked(imagesName), readUnpacked(labelsName)]);
  if (!imageBytes && !labelBytes) return null;
  if (!imageBytes || !labelBytes) {
    const [there, absent] = imageBytes ? [imagesName, labelsName] : [labelsName, imagesName];
    throw new InkformError("not-found", `${there} is there, but ${absent} (or .gz) is not: both are needed.`);
  }
  const images = decodeIdxImages(imageBytes, imagesName);
  const labels = decodeIdxLabels(labelBytes, labelsName);
  if (images.count !== labels.length) {
    throw new InkformError(
      "invalid-file",
      `${imagesName} has ${images.count} images, but ${labelsName} has ${labels.length} labels: they do not belong together.`,
    );
  }
  if (images.rows !== SIDE || images.columns !== SIDE) {
    throw new InkformError(
      "invalid-file",
      `${imagesName}: its images are ${images.rows} x ${images.columns} pixels; ${SIDE} x ${SIDE} are needed.`,
    );
  }
  return leaveOutUnlabelled(images.data, labels);
}

function leaveOutUnlabelled(images: Uint8Array, labels: Uint8Array): LabelledImages {
  const kept: number[] = [];
  labels.forEach((label, n) => {
    if (label !== UNLABELLED) kept.push(n);
  });
  if (kept.length === labels.length) return { images, labels, unlabelled: 0 };
  const pixels = SIDE * SIDE;
  const keptImages = new Uint8Array(kept.length * pixels);
  kept.forEach((n, k) => {
    keptImages.set(images.subarray(n * pixels, (n + 1) * pixels), k * pixels);
  });
  return { images: keptImages, labels: Uint8Array.from(kept, (n) => labels[n]!), unlabelled: labels.length - kept.length };
}

/** The file itself, else its .gz unpacked, else null. */
async function readUnpacked(path: string): Promise<Uint8Array | null> {
  const raw = await ifThere(path, (name) => readFile(name));
  if (raw) return raw;
  const packed = await ifThere(`${path}.gz`, (name) => open(name));
  if (!packed) return null;
  try {
    return await unpackFile(packed, MAX_BYTES);
  } catch (error) {
    throw new InkformError(
      "invalid-file",
      `${path}.gz: cannot be unpacked: the gzip data is damaged or cut short. Get the file again.`,
      error,
    );
  } finally {
    await packed.close();
  }
}

/** What `take` gives of the file, null where there is none. */
async function ifThere<R>(path: string, take: (path: string) => Promise<R>): Promise<R | null> {
  try {
    return await take(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new InkformError("invalid-file", `${path}: cannot be read (${code ?? "unknown error"}).`, error);
  }
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
