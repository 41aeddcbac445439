import type { z } from "zod";
import type { GlyphPage, glyphQuerySchema } from "../../../contracts/review.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Queryable } from "../../db/database.ts";
import { Prisma } from "../../db/generated/client.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { auditSampleSchema } from "../quality/view-audit.ts";
import { countGlyphs } from "../review/count-glyphs.ts";
import { type GlyphScope, glyphWhere } from "../review/glyph-where.ts";
import { hasFew } from "../review/has-few.ts";
import { pickGlyphs } from "../review/pick-glyphs.ts";
import { viewGlyph } from "./glyph-view.ts";

/**
 * A part of a collection's glyphs in an order (`glyphOrderSchema`), and how many there are. The cursor is the last glyph's place in that order, which reviewing does not
 * change (an estimate does change doubts): so pages neither repeat nor miss a glyph while the queue empties.
 * @throws InkformError `not-found` (no such collection or audit), `invalid-argument` (not a cursor of this order)
 */
export async function listGlyphs(runtime: Runtime, slug: string, query: z.infer<typeof glyphQuerySchema>): Promise<GlyphPage> {
  const { order, audit, cursor, limit, ...filter } = query;
  const db = runtime.database.client;
  const collectionId = await getCollectionId(db, slug);
  const scope: GlyphScope = { collectionId, filter: audit === undefined ? filter : { ...filter, state: "all" } };
  const and = audit === undefined ? undefined : await auditCondition(db, { collectionId, id: audit, state: filter.state });
  const total = and === undefined ? await countGlyphs(db, scope) : await countWithin(db, scope, and);
  if (total === 0) return { glyphs: [], nextCursor: null, total };
  const few = and !== undefined || hasFew(scope, total);
  const { rows, nextCursor } = await pickGlyphs(db, scope, { order, seed: filter.seed, limit, most: total, and, few, cursor });
  return { glyphs: rows.map(viewGlyph), nextCursor, total };
}

/** An audit's sample; of it what is still open, or has been decided anew, since it was drawn. */
async function auditCondition(
  db: Queryable,
  { collectionId, id, state }: { collectionId: string; id: string; state: GlyphScope["filter"]["state"] },
): Promise<Prisma.Sql> {
  const audit = await db.audit.findFirst({ where: { id, collectionId } });
  if (audit === null) throw new InkformError("not-found", "There is no such audit in this collection.");
  const ids = auditSampleSchema.parse(audit.sample).map(({ glyphId }) => glyphId);
  const looked = Prisma.sql`EXISTS (SELECT 1 FROM "Label" l WHERE l."glyphId" = g."id" AND l."seq" > ${audit.lastSeq} AND l."source" = 'person'
    AND l."kind" IN ('class', 'unusable', 'blank') AND l."pass" <> 'gold')`;
  const sample = Prisma.sql`g."id" = ANY(${ids})`;
  if (state === "open") return Prisma.sql`${sample} AND NOT ${looked}`;
  return state === "reviewed" ? Prisma.sql`${sample} AND ${looked}` : sample;
}

async function countWithin(db: Queryable, scope: GlyphScope, and: Prisma.Sql): Promise<number> {
  const [{ count }] = await db.$queryRaw<
    [{ count: number }]
  >`SELECT count(*)::int AS "count" FROM "Glyph" g WHERE ${glyphWhere(scope)} AND ${and}`;
  return count;
}
