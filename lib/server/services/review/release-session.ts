import type { Queryable } from "../../db/database.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";

/** Gives back what a session holds. One that is not there, or was released before, holds nothing. @throws InkformError `not-found` (no such collection) */
export async function releaseSession(db: Queryable, slug: string, session: string): Promise<void> {
  const collectionId = await getCollectionId(db, slug);
  await db.reviewSession.deleteMany({ where: { id: session, collectionId } });
}
