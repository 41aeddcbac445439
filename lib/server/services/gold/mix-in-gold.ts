import type { Next } from "../../../contracts/review-queue.ts";
import type { Tx } from "../../db/database.ts";
import { Prisma } from "../../db/generated/client.ts";
import { KEPT } from "../../db/kept.ts";
import { GLYPH_SQL, type GlyphRow } from "../glyphs/glyph-view.ts";
import type { ClaimedRow } from "../review/claims.ts";
import { pageWhere } from "../review/glyph-where.ts";

/** One in so many items is one whose truth is known. */
const GOLD_EVERY = 20;
/** More are not needed among at most 200 items. */
const CANDIDATES = 100;

interface Mix extends Pick<Next, "reviewer" | "order" | "filter"> {
  readonly collectionId: string;
  /** Random numbers in [0, 1). */
  roll(): number;
}

/**
 * Puts gold items among glyphs that are about to be handed out, about one in twenty, none twice to the same reviewer. What stands beside it must not tell
 * it: where the order goes class by class it has the class of its neighbour, else if possible its status; along pages and writers there is none.
 */
export async function mixInGold(tx: Tx, rows: readonly ClaimedRow[], mix: Mix): Promise<ClaimedRow[]> {
  const { order, reviewer, roll } = mix;
  if (order === "page" || order === "writer") return [...rows];
  const places = rows.map(() => roll() < 1 / GOLD_EVERY);
  if (!places.includes(true)) return [...rows];
  const gold = await readGold(tx, mix);
  return rows.flatMap((row, i) => {
    if (!places[i]) return [row];
    const alike = gold.findIndex((one) => (order === "odd" || order === "class" ? one.prompt === row.label : one.status === row.status));
    const at = alike < 0 && order !== "odd" && order !== "class" ? 0 : alike;
    const [one] = at < 0 ? [] : gold.splice(at, 1);
    return one === undefined ? [row] : [{ ...one, holder: reviewer }, row];
  });
}

/** Gold items that this reviewer has not answered and does not hold, and that would be in the filter if nobody had decided on them; in a random order. */
async function readGold(tx: Tx, { collectionId, reviewer, filter }: Mix): Promise<GlyphRow[]> {
  const { state, label, prediction, page, writer, source, field, box } = filter;
  const parts = [STATES[state] ?? Prisma.sql`FALSE`];
  if (label !== undefined) parts.push(Prisma.sql`g."prompt" = ${label}`);
  if (prediction !== undefined) parts.push(Prisma.sql`g."predictionLabel" = ${prediction}`);
  if (page !== undefined) parts.push(Prisma.sql`g."pageId" = ${page}`);
  if (writer !== undefined) parts.push(Prisma.sql`g."writer" = ${writer}`);
  if (source !== undefined) parts.push(Prisma.sql`${source} = CASE WHEN g."promptSource" = 'ocr' THEN 'ocr' ELSE 'prompt' END`);
  if (field !== undefined) parts.push(Prisma.sql`g."field" = ${field}`);
  if (box !== undefined) parts.push(Prisma.sql`g."index" = ${box}::int2`);
  const pages = pageWhere({ collectionId, filter });
  if (pages !== undefined) parts.push(Prisma.sql`g."pageId" IN (SELECT p."id" FROM "Page" p WHERE ${pages})`);
  return tx.$queryRaw<GlyphRow[]>`${KEPT}
    SELECT ${GLYPH_SQL} FROM "Gold" d JOIN "Glyph" g ON g."id" = d."glyphId"
    WHERE d."collectionId" = ${collectionId} AND g."status" <= 'labelled' AND ${Prisma.join(parts, " AND ")}
      AND NOT EXISTS (SELECT 1 FROM "Label" l WHERE l."by" = ${reviewer} AND l."glyphId" = g."id" AND l."pass" = 'gold')
      AND NOT EXISTS (SELECT 1 FROM "Claim" c JOIN "ReviewSession" s ON s."id" = c."sessionId"
        WHERE c."glyphId" = g."id" AND c."holder" = ${reviewer} AND s."until" > now())
    ORDER BY random() LIMIT ${CANDIDATES}`;
}

/** By what the reading of the page says alone. A state that is not here has none. */
const STATES: Readonly<Partial<Record<Next["filter"]["state"], Prisma.Sql>>> = {
  all: Prisma.sql`TRUE`,
  open: Prisma.sql`TRUE`,
  disagree: Prisma.sql`g."status" < 'labelled'`,
  spoiled: Prisma.sql`g."status" IN ('crossedOut', 'overwritten')`,
};
