import type { DatasetView } from "../../../../../lib/contracts/datasets.ts";
import type { TabData } from "../../../../../lib/train/tab/messages.ts";
import { getBytes } from "../../../../_components/api-client.ts";
import { formatCount } from "../../../../_components/format.ts";

/** Something to train on in the tab. */
export interface TabChoice {
  /** Of the choice. */
  readonly value: string;
  readonly label: string;
  /** A data set's id, or "mnist". */
  readonly dataset: string;
  readonly classes: readonly string[];
  /** In the training split. */
  readonly examples: number;
  readonly hasValidation: boolean;
  readonly limit: number | null;
}

const MNIST_SIZES = [6000, 60_000];

/** What there is to train on: the collection's versions, and MNIST in part and whole. */
export function listTabChoices(datasets: readonly DatasetView[], mnistReady: boolean): TabChoice[] {
  const own = datasets.map(
    ({ id, version, classes, splits }): TabChoice => ({
      value: id,
      label: `Version ${version}, ${formatCount(splits.train.examples)} to learn from`,
      dataset: id,
      classes,
      examples: splits.train.examples,
      hasValidation: splits.validation.examples > 0,
      limit: null,
    }),
  );
  const mnist = MNIST_SIZES.map(
    (limit): TabChoice => ({
      value: `mnist-${limit}`,
      label: `MNIST, ${limit === 60_000 ? "all" : "the first"} ${formatCount(limit)}`,
      dataset: "mnist",
      classes: [..."0123456789"],
      examples: limit,
      hasValidation: false,
      limit,
    }),
  );
  return [...own, ...(mnistReady ? mnist : [])];
}

/** Fetches it, packed as the server keeps it. @throws ApiError */
export async function loadTabData({ dataset, classes, hasValidation, limit }: TabChoice): Promise<TabData> {
  const load = async (split: string) => {
    const [images, labels] = await Promise.all(
      ["images-idx3", "labels-idx1"].map((part) => getBytes(addressOf(dataset, `${split}-${part}-ubyte`))),
    );
    return { images, labels };
  };
  const [train, validation] = await Promise.all([load("train"), hasValidation ? load("validation") : null]);
  return { train, validation, classes, limit };
}

function addressOf(dataset: string, name: string): string {
  return dataset === "mnist" ? `/api/mnist/files?name=${name}` : `/api/datasets/${encodeURIComponent(dataset)}/files/${name}.gz`;
}
