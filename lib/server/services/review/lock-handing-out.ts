import type { Tx } from "../../db/database.ts";
import { KEPT } from "../../db/kept.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";

/**
 * Has one transaction at a time give glyphs of a collection to sessions, so that no two take the same one. A statement of its own: the next one sees what the transaction
 * before has given away.
 * @returns the collection's id
 * @throws InkformError `not-found`
 */
export async function lockHandingOut(tx: Tx, slug: string): Promise<string> {
  const [collection] = await tx.$queryRaw<{ id: string }[]>`${KEPT}
    SELECT "id", pg_advisory_xact_lock(hashtext('review ' || "id"))::text FROM "Collection" WHERE "slug" = ${slug}`;
  return collection?.id ?? getCollectionId(tx, slug);
}
