import type { Queryable } from "../../db/database.ts";
import { newId } from "../../db/new-id.ts";

/** The first start's collection, so that nobody has to make one before anything can be done. */
export async function ensureDefaultCollection(db: Queryable): Promise<void> {
  if ((await db.collection.findFirst({ select: { id: true } })) !== null) return;
  await db.collection.createMany({ data: [{ id: newId(), slug: "mine", name: "My collection" }], skipDuplicates: true });
}
