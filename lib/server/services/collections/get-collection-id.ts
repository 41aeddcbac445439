import { InkformError } from "../../../core/inkform-error.ts";
import type { Queryable } from "../../db/database.ts";

/** @throws InkformError `not-found` */
export async function getCollectionId(db: Queryable, slug: string): Promise<string> {
  const row = await db.collection.findUnique({ where: { slug }, select: { id: true } });
  if (row === null)
    throw new InkformError(
      "not-found",
      `There is no collection "${slug}". It may have been on another data folder; the start page lists those that are here.`,
    );
  return row.id;
}
