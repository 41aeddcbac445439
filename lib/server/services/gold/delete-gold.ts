import type { Tx } from "../../db/database.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";

/** A gold item measures nobody any more; its label and the answers given stay. One that is none stays none. @throws InkformError `not-found` (no such collection) */
export async function deleteGold(runtime: Runtime, slug: string, glyphId: string): Promise<void> {
  await runtime.database.transaction(async (tx) => removeGold(tx, { glyphId, collectionId: await getCollectionId(tx, slug) }));
}

/** The same within a transaction: nobody holds it as gold any more. */
export async function removeGold(tx: Tx, { glyphId, collectionId }: { glyphId: string; collectionId: string }): Promise<void> {
  const { count } = await tx.gold.deleteMany({ where: { glyphId, collectionId } });
  if (count > 0) await tx.claim.deleteMany({ where: { glyphId, holder: { not: "" } } });
}
