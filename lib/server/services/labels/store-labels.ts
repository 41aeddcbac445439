import type { Tx } from "../../db/database.ts";
import { KEPT } from "../../db/kept.ts";
import type { GlyphRow } from "../glyphs/glyph-view.ts";
import { SESSION_MINUTES } from "../review/review-session.ts";
import { type PacedDecision, shareTime } from "../review/share-time.ts";
import type { NewLabel } from "./drop-repeats.ts";
import { stateUpdate } from "./update-states.ts";

export interface ClaimChange {
  readonly glyphId: string;
  /** `free`: it is decided, so the session holds it no more. `hold`: its decision was taken back, so it is the session's again, unless it is another's by now. */
  readonly want: "free" | "hold";
  readonly gold: boolean;
}

export interface Recorded {
  readonly collectionId: string;
  readonly reviewer: string;
  readonly session: string | null;
  /** To be appended, in this order. */
  readonly labels: readonly NewLabel[];
  /** Glyphs whose state is another now. */
  readonly rows: readonly GlyphRow[];
  readonly claims: readonly ClaimChange[];
  readonly decisions: readonly PacedDecision[];
}

/**
 * Writes all that a request of labels amounts to: the labels, the glyphs' states, what its session holds, its reviewer's pace. One statement: five cost twice as
 * much processor time on the embedded database, and one for each of 1,000 glyphs would hold it for half a second.
 */
export async function storeLabels(tx: Tx, { collectionId, reviewer, session, labels, rows, claims, decisions }: Recorded): Promise<void> {
  const { mostSeconds, paces } = shareTime(decisions);
  const free = claims.filter(({ want }) => want === "free").map(({ glyphId }) => glyphId);
  const hold = claims.filter(({ want }) => want === "hold").map(({ glyphId, gold }) => ({ glyphId, holder: gold ? reviewer : "" }));
  await tx.$executeRaw`${KEPT}
    WITH appended AS (
      INSERT INTO "Label" ("clientId", "glyphId", "source", "by", "kind", "value", "pass")
      SELECT l->>'clientId', l->>'glyphId', 'person', l->>'by', (l->>'kind')::"LabelKind", l->>'value', (l->>'pass')::"LabelPass"
      FROM jsonb_array_elements(${JSON.stringify(labels)}::jsonb) WITH ORDINALITY AS t(l, n) ORDER BY n
    ), stated AS (
      ${stateUpdate(rows)}
    ), freed AS (
      DELETE FROM "Claim" WHERE "glyphId" = ANY(${free}) AND "sessionId" = ${session}::text
    ), held AS (
      INSERT INTO "Claim" ("glyphId", "holder", "sessionId")
      SELECT h."glyphId", h."holder", s."id" FROM jsonb_to_recordset(${JSON.stringify(hold)}::jsonb) AS h("glyphId" text, "holder" text), "ReviewSession" s
      WHERE s."id" = ${session}::text AND s."collectionId" = ${collectionId} AND s."reviewer" = ${reviewer}
      ON CONFLICT DO NOTHING
    ), kept AS (
      -- At most twice a minute: the row would grow a dead copy with every decision.
      UPDATE "ReviewSession" SET "until" = now() + ${SESSION_MINUTES} * interval '1 minute'
      WHERE "id" = ${session}::text AND "until" < now() + ${SESSION_MINUTES - 0.5} * interval '1 minute'
    ), gap AS (
      SELECT extract(epoch FROM now() - max("lastAt")) AS "seconds" FROM "Pace" WHERE "collectionId" = ${collectionId} AND "reviewer" = ${reviewer}
    ), each AS (
      -- Less than none where the clock was set back.
      SELECT CASE WHEN "seconds" BETWEEN 0 AND ${mostSeconds}::float8 THEN "seconds" / ${decisions.length}::float8 END AS "seconds" FROM gap
    )
    INSERT INTO "Pace" AS p ("collectionId", "reviewer", "status", "changed", "decisions", "timed", "seconds", "lastAt")
    SELECT ${collectionId}, ${reviewer}, d."status"::"GlyphStatus", d."changed", d."decisions",
      CASE WHEN e."seconds" IS NULL THEN 0 ELSE d."decisions" END, coalesce(e."seconds" * d."decisions", 0), now()
    FROM jsonb_to_recordset(${JSON.stringify(paces)}::jsonb) AS d("status" text, "changed" boolean, "decisions" int), each e
    ORDER BY 3, 4
    ON CONFLICT ("collectionId", "reviewer", "status", "changed") DO UPDATE SET "decisions" = p."decisions" + excluded."decisions",
      "timed" = p."timed" + excluded."timed", "seconds" = p."seconds" + excluded."seconds", "lastAt" = excluded."lastAt"`;
}
