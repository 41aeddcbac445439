import type { ReviewerView } from "../../../contracts/quality.ts";
import type { Queryable } from "../../db/database.ts";
import { readGoldAnswers } from "../gold/read-gold-answers.ts";

/** Who has decided in a collection: how much, how fast, and how well on glyphs whose truth is known. Most decisions first. */
export async function listReviewers(db: Queryable, collectionId: string): Promise<ReviewerView[]> {
  const paces = await db.pace.groupBy({ by: ["reviewer"], where: { collectionId }, _sum: { decisions: true, timed: true, seconds: true } });
  const answers = await readGoldAnswers(db, collectionId);
  return paces
    .map(({ reviewer: name, _sum: { decisions, timed, seconds } }): ReviewerView => {
      const own = answers.filter(({ by }) => by === name);
      return {
        name,
        decisions: decisions ?? 0,
        goldAnswered: own.length,
        goldRight: own.filter(({ right }) => right).length,
        secondsPerDecision: timed ? (seconds ?? 0) / timed : null,
      };
    })
    .sort((a, b) => b.decisions - a.decisions || (a.name < b.name ? -1 : 1));
}
