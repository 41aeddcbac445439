import { z } from "zod";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Queryable } from "../../db/database.ts";

const filesSchema = z.record(z.string(), z.string());

/** A data set's row with the blobs of its files by name. @throws InkformError `not-found` */
export async function getDataset(db: Queryable, id: string) {
  const row = await db.dataset.findUnique({ where: { id }, include: { collection: { select: { slug: true, name: true } } } });
  if (row === null) throw new InkformError("not-found", `There is no data set ${id}.`);
  return { ...row, files: filesSchema.parse(row.files) };
}
