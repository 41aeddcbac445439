import type { Next } from "../../../contracts/review-queue.ts";
import type { Tx } from "../../db/database.ts";
import { Prisma } from "../../db/generated/client.ts";
import { KEPT } from "../../db/kept.ts";
import { GLYPH_SQL, type GlyphRow } from "../glyphs/glyph-view.ts";
import { type GlyphScope, glyphWhere } from "./glyph-where.ts";

/** A glyph that was handed out. `holder`: "" where nobody else may have it, for a gold item the reviewer. */
export type ClaimedRow = GlyphRow & { readonly holder: string };

/**
 * Nobody holds `g`, and it is no gold item, which is handed out in its own way. Subqueries that give one value are left where they stand: as joins they might make the
 * planner sort a million glyphs.
 */
export const IS_FREE = Prisma.sql`NOT coalesce((SELECT TRUE FROM "Claim" c JOIN "ReviewSession" s ON s."id" = c."sessionId"
    WHERE c."glyphId" = g."id" AND c."holder" = '' AND s."until" > now() LIMIT 1), FALSE)
  AND NOT coalesce((SELECT TRUE FROM "Gold" d WHERE d."glyphId" = g."id" LIMIT 1), FALSE)`;

/** So many ids always fit the memory in which PostgreSQL would look them up. */
const MOST_LOOKED_UP = 20_000;

/**
 * `IS_FREE` where a list in an order is read from its front, at which what others hold stands: most of that is passed over by one look into a table in memory, four times as fast.
 */
export function isFreeAtFront(collectionId: string): Prisma.Sql {
  return Prisma.sql`g."id" NOT IN (SELECT c."glyphId" FROM "ReviewSession" s JOIN "Claim" c ON c."sessionId" = s."id"
    WHERE s."collectionId" = ${collectionId} AND s."until" > now() AND c."holder" = '' LIMIT ${Prisma.raw(String(MOST_LOOKED_UP))}) AND ${IS_FREE}`;
}

/** What a session holds and has not decided, in the order handed out. What does not fit its scope any more is given back. */
export async function readHeld(tx: Tx, scope: GlyphScope, { session, pass }: Next): Promise<ClaimedRow[]> {
  const fits = Prisma.sql`CASE WHEN c."holder" = '' THEN ${glyphWhere(scope)} ELSE ${pass !== "adjudication"} END`;
  const rows = await tx.$queryRaw<(ClaimedRow & { fits: boolean })[]>`${KEPT}
    SELECT ${GLYPH_SQL}, c."holder", ${fits} AS "fits" FROM "Claim" c JOIN "Glyph" g ON g."id" = c."glyphId"
    WHERE c."sessionId" = ${session} ORDER BY c."seq"`;
  const others = rows.filter(({ fits: fit }) => !fit).map(({ id }) => id);
  if (others.length > 0) await tx.$executeRaw`DELETE FROM "Claim" WHERE "sessionId" = ${session} AND "glyphId" = ANY(${others})`;
  return rows.filter(({ fits: fit }) => fit);
}

/** How many glyphs of a scope are with somebody. */
export async function countClaimed(tx: Tx, scope: GlyphScope): Promise<number> {
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS "count" FROM "ReviewSession" s JOIN "Claim" c ON c."sessionId" = s."id" JOIN "Glyph" g ON g."id" = c."glyphId"
    WHERE s."collectionId" = ${scope.collectionId} AND s."until" > now() AND c."holder" = '' AND ${glyphWhere(scope)}`;
  return count;
}

/** Makes glyphs a session's own, in their order; of claims that have run out it takes the place. */
export async function claimGlyphs(tx: Tx, session: string, rows: readonly ClaimedRow[]): Promise<ClaimedRow[]> {
  if (rows.length > 0)
    await tx.$executeRaw`${KEPT}
      INSERT INTO "Claim" ("glyphId", "holder", "sessionId")
      SELECT c->>'id', c->>'holder', ${session} FROM jsonb_array_elements(${JSON.stringify(rows.map(({ id, holder }) => ({ id, holder })))}::jsonb)
        WITH ORDINALITY AS t(c, n) ORDER BY n
      ON CONFLICT ("glyphId", "holder") DO UPDATE SET "sessionId" = excluded."sessionId", "seq" = excluded."seq"`;
  return [...rows];
}
