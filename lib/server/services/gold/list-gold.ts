import type { GoldList } from "../../../contracts/review-queue.ts";
import type { Queryable } from "../../db/database.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { readGoldAnswers } from "./read-gold-answers.ts";

/** A collection's gold items, newest first, with how they were answered. @throws InkformError `not-found` */
export async function listGold(db: Queryable, slug: string): Promise<GoldList> {
  const collectionId = await getCollectionId(db, slug);
  const rows = await db.gold.findMany({ where: { collectionId }, orderBy: [{ createdAt: "desc" }, { glyphId: "desc" }] });
  const answers = await readGoldAnswers(db, collectionId);
  return {
    gold: rows.map(({ glyphId, truth, by, createdAt }) => {
      const own = answers.filter((answer) => answer.glyphId === glyphId);
      return {
        glyphId,
        truth,
        by,
        createdAt: createdAt.toISOString(),
        answered: own.length,
        right: own.filter(({ right }) => right).length,
      };
    }),
  };
}
