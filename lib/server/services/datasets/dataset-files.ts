import { DATASET_FILE_SPLITS } from "../../../contracts/datasets.ts";
import { SPLITS, type Split } from "../../../dataset/split-by-writer.ts";

/** Names of a split's two IDX files, unpacked, as MNIST names its own: the test split's begin with t10k. */
export function idxNames(split: Split): { images: string; labels: string } {
  const prefix = DATASET_FILE_SPLITS[split];
  return { images: `${prefix}-images-idx3-ubyte`, labels: `${prefix}-labels-idx1-ubyte` };
}

/** The manifest's file name. */
export const MANIFEST_NAME = "manifest.json";

/** Mean image of each class of train; not part of the export. */
export const MEANS_NAME = "means";

/** What GET /api/datasets/:id/files/NAME answers, and the export holds. */
export const DATASET_FILE_NAMES: readonly string[] = [
  ...SPLITS.flatMap((split) => Object.values(idxNames(split)).map((name) => `${name}.gz`)),
  MANIFEST_NAME,
];
