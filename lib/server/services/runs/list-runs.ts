import type { RunView } from "../../../contracts/runs.ts";
import type { Queryable } from "../../db/database.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { RUN_PARTS, viewRun } from "./run-row.ts";

/** A collection's runs, newest first, without their curves (`curve` is empty, `curveLength` tells). @throws InkformError `not-found` */
export async function listRuns(db: Queryable, slug: string): Promise<RunView[]> {
  const collectionId = await getCollectionId(db, slug);
  const rows = await db.run.findMany({ where: { collectionId }, include: RUN_PARTS, orderBy: { number: "desc" } });
  return rows.map((row) => viewRun(row, []));
}
