import type { DatasetView } from "../../../contracts/datasets.ts";
import type { Queryable } from "../../db/database.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { viewDataset } from "./view-dataset.ts";

/** A collection's data set versions, newest first. @throws InkformError `not-found` */
export async function listDatasets(db: Queryable, slug: string): Promise<DatasetView[]> {
  const collectionId = await getCollectionId(db, slug);
  const rows = await db.dataset.findMany({ where: { collectionId }, orderBy: { version: "desc" } });
  return rows.map(viewDataset);
}
