import { createDatasetSchema, type DatasetView, datasetViewSchema } from "../../../contracts/datasets.ts";

interface DatasetRow {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly hash: string;
  readonly classes: readonly string[];
  readonly spec: unknown;
  readonly splits: unknown;
}

/** A data set's version as the site shows it. */
export function viewDataset(row: DatasetRow): DatasetView {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    hash: row.hash,
    classes: [...row.classes],
    spec: createDatasetSchema.parse(row.spec),
    splits: datasetViewSchema.shape.splits.parse(row.splits),
  };
}
