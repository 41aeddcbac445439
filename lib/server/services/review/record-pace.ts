import type { Tx } from "../../db/database.ts";
import type { GlyphStatus } from "../../db/generated/enums.ts";

export interface PacedDecision {
  readonly status: GlyphStatus;
  /** It says otherwise than what was shown. */
  readonly changed: boolean;
}

/** A longer time for one decision is a pause, as is a longer one for a whole page of them. */
const PAUSE_SECONDS = 60;
const PAGE_PAUSE_SECONDS = 600;

/**
 * Counts a reviewer's decisions of one request, and shares the time since their last one out among them. The first, and those after a pause, count without a time.
 */
export async function recordPace(
  tx: Tx,
  { collectionId, reviewer }: { collectionId: string; reviewer: string },
  decisions: readonly PacedDecision[],
): Promise<void> {
  if (decisions.length === 0) return;
  const rows = new Map<string, PacedDecision & { decisions: number }>();
  for (const { status, changed } of decisions) {
    const key = `${status} ${changed}`;
    rows.set(key, { status, changed, decisions: (rows.get(key)?.decisions ?? 0) + 1 });
  }
  await tx.$executeRaw`
    WITH gap AS (
      SELECT extract(epoch FROM now() - max("lastAt")) AS "seconds" FROM "Pace" WHERE "collectionId" = ${collectionId} AND "reviewer" = ${reviewer}
    ), each AS (
      SELECT CASE WHEN "seconds" <= least(${PAUSE_SECONDS * decisions.length}::float8, ${PAGE_PAUSE_SECONDS}::float8) THEN "seconds" / ${decisions.length}::float8 END AS "seconds" FROM gap
    )
    INSERT INTO "Pace" AS p ("collectionId", "reviewer", "status", "changed", "decisions", "timed", "seconds", "lastAt")
    SELECT ${collectionId}, ${reviewer}, d."status"::"GlyphStatus", d."changed", d."decisions",
      CASE WHEN e."seconds" IS NULL THEN 0 ELSE d."decisions" END, coalesce(e."seconds" * d."decisions", 0), now()
    FROM jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb) AS d("status" text, "changed" boolean, "decisions" int), each e
    ORDER BY 3, 4
    ON CONFLICT ("collectionId", "reviewer", "status", "changed") DO UPDATE SET "decisions" = p."decisions" + excluded."decisions",
      "timed" = p."timed" + excluded."timed", "seconds" = p."seconds" + excluded."seconds", "lastAt" = excluded."lastAt"`;
}
