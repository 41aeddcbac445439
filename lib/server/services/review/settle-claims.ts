import type { Tx } from "../../db/database.ts";
import { SESSION_MINUTES } from "./review-session.ts";

export interface ClaimChange {
  readonly glyphId: string;
  /** `free`: it is decided, so the session holds it no more. `hold`: its decision was taken back, so it is the session's again, unless it is another's by now. */
  readonly want: "free" | "hold";
  readonly gold: boolean;
}

/** Brings a session's claims up to date with what was recorded, and keeps the rest its own for longer. A session that is not there holds nothing. */
export async function settleClaims(
  tx: Tx,
  { session, collectionId, reviewer }: { session: string; collectionId: string; reviewer: string },
  changes: readonly ClaimChange[],
): Promise<void> {
  const free = changes.filter(({ want }) => want === "free").map(({ glyphId }) => glyphId);
  const hold = changes.filter(({ want }) => want === "hold").map(({ glyphId, gold }) => ({ glyphId, holder: gold ? reviewer : "" }));
  // At most twice a minute: the row would grow a dead copy with every decision.
  await tx.$executeRaw`
    WITH freed AS (DELETE FROM "Claim" WHERE "glyphId" = ANY(${free}) AND "sessionId" = ${session}),
    held AS (
      INSERT INTO "Claim" ("glyphId", "holder", "sessionId")
      SELECT h."glyphId", h."holder", s."id" FROM jsonb_to_recordset(${JSON.stringify(hold)}::jsonb) AS h("glyphId" text, "holder" text), "ReviewSession" s
      WHERE s."id" = ${session} AND s."collectionId" = ${collectionId} AND s."reviewer" = ${reviewer}
      ON CONFLICT DO NOTHING)
    UPDATE "ReviewSession" SET "until" = now() + ${SESSION_MINUTES} * interval '1 minute'
    WHERE "id" = ${session} AND "until" < now() + ${SESSION_MINUTES - 0.5} * interval '1 minute'`;
}
