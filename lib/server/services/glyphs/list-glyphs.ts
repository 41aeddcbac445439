import type { z } from "zod";
import type { GlyphPage, glyphQuerySchema } from "../../../contracts/review.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { GLYPH_COLUMNS, viewGlyph } from "./glyph-view.ts";

/** The queue's order; blank boxes are in no list. PostgreSQL sorts the enum in this order, too. */
const QUEUE: readonly GlyphStatus[] = [GlyphStatus.mismatch, GlyphStatus.unsure, GlyphStatus.labelled];

/**
 * A part of the review queue: what the model contradicts first, then unsure cuts, then the rest, each in the order they came. The cursor is the last
 * glyph's place in that order, which reviewing does not change: so pages neither repeat nor miss a glyph while the queue empties.
 * @throws InkformError `not-found` (no such collection), `invalid-argument` (not a cursor of ours)
 */
export async function listGlyphs(runtime: Runtime, slug: string, query: z.infer<typeof glyphQuerySchema>): Promise<GlyphPage> {
  const db = runtime.database.client;
  const collectionId = await getCollectionId(db, slug);
  const where: Prisma.GlyphWhereInput = {
    collectionId,
    status: { in: [...QUEUE] },
    ...stateFilter(query.state),
    ...(query.label !== undefined && { label: query.label }),
    ...(query.prediction !== undefined && { predictionLabel: query.prediction }),
    ...(query.page !== undefined && { pageId: query.page }),
    ...(query.writer !== undefined && { writer: query.writer }),
  };
  const after = query.cursor === undefined ? {} : afterCursor(query.cursor);
  const [rows, total] = await Promise.all([
    db.glyph.findMany({
      where: { AND: [where, after] },
      select: GLYPH_COLUMNS,
      orderBy: [{ status: "asc" }, { id: "asc" }],
      take: query.limit + 1,
    }),
    db.glyph.count({ where }),
  ]);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return { glyphs: shown.map(viewGlyph), nextCursor: rows.length > shown.length && last ? `${last.status}.${last.id}` : null, total };
}

function stateFilter(state: z.infer<typeof glyphQuerySchema>["state"]): Prisma.GlyphWhereInput {
  switch (state) {
    case "all":
      return {};
    case "open":
      return { reviewed: false };
    case "disagree":
      return { reviewed: false, disagrees: true };
    case "reviewed":
      return { reviewed: true };
    case "unusable":
      return { unusable: true };
  }
}

function afterCursor(cursor: string): Prisma.GlyphWhereInput {
  const dot = cursor.indexOf(".");
  const status = QUEUE.find((s) => s === cursor.slice(0, dot));
  if (status === undefined)
    throw new InkformError(
      "invalid-argument",
      `"${cursor}" is not a place in the review queue; leave the cursor out to begin at the front`,
    );
  return { OR: [{ status, id: { gt: cursor.slice(dot + 1) } }, { status: { in: QUEUE.slice(QUEUE.indexOf(status) + 1) } }] };
}
