import type { z } from "zod";
import type { GlyphPage, glyphQuerySchema } from "../../../contracts/review.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Queryable } from "../../db/database.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { auditSampleSchema } from "../quality/view-audit.ts";
import { GLYPH_COLUMNS, type GlyphRow, viewGlyph } from "./glyph-view.ts";

/** The queue's order; blank boxes are in no list. PostgreSQL sorts the enum in this order, too. */
const QUEUE: readonly GlyphStatus[] = [
  GlyphStatus.mismatch,
  GlyphStatus.unsure,
  GlyphStatus.crossedOut,
  GlyphStatus.overwritten,
  GlyphStatus.labelled,
];

/**
 * A part of the review queue. In the order `queue`: what the model contradicts first, then unsure cuts, then the rest, each in the order they came. In the
 * order `doubt`: what the last estimate of labels holds for likeliest wrong. The cursor is the last glyph's place in that order, which reviewing does not
 * change (an estimate does change doubts): so pages neither repeat nor miss a glyph while the queue empties.
 * @throws InkformError `not-found` (no such collection or audit), `invalid-argument` (not a cursor of ours)
 */
export async function listGlyphs(runtime: Runtime, slug: string, query: z.infer<typeof glyphQuerySchema>): Promise<GlyphPage> {
  const db = runtime.database.client;
  const collectionId = await getCollectionId(db, slug);
  const order = ORDERS[query.order];
  const where: Prisma.GlyphWhereInput = {
    collectionId,
    status: { in: [...QUEUE] },
    ...(query.audit === undefined ? stateFilter(query.state) : await auditFilter(db, collectionId, query.audit, query.state)),
    ...(query.order === "doubt" && { doubt: { not: null } }),
    ...(query.label !== undefined && { label: query.label }),
    ...(query.prediction !== undefined && { predictionLabel: query.prediction }),
    ...(query.page !== undefined && { pageId: query.page }),
    ...(query.writer !== undefined && { writer: query.writer }),
  };
  const after = query.cursor === undefined ? {} : order.after(query.cursor);
  const [rows, total] = await Promise.all([
    db.glyph.findMany({
      where: { AND: [where, after] },
      select: GLYPH_COLUMNS,
      orderBy: [...order.by],
      take: query.limit + 1,
    }),
    db.glyph.count({ where }),
  ]);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return { glyphs: shown.map(viewGlyph), nextCursor: rows.length > shown.length && last ? order.cursor(last) : null, total };
}

interface Order {
  readonly by: readonly Prisma.GlyphOrderByWithRelationInput[];
  cursor(last: GlyphRow): string;
  after(cursor: string): Prisma.GlyphWhereInput;
}

const ORDERS: Readonly<Record<z.infer<typeof glyphQuerySchema>["order"], Order>> = {
  queue: { by: [{ status: "asc" }, { id: "asc" }], cursor: ({ status, id }) => `${status}.${id}`, after: afterInQueue },
  // A doubt is a 32-bit number: its own text finds it again.
  doubt: { by: [{ doubt: "desc" }, { id: "asc" }], cursor: ({ doubt, id }) => `${doubt}_${id}`, after: afterByDoubt },
};

async function auditFilter(
  db: Queryable,
  collectionId: string,
  id: string,
  state: z.infer<typeof glyphQuerySchema>["state"],
): Promise<Prisma.GlyphWhereInput> {
  const audit = await db.audit.findFirst({ where: { id, collectionId } });
  if (audit === null) throw new InkformError("not-found", "There is no such audit in this collection.");
  const looked: Prisma.GlyphWhereInput = { labels: { some: { source: "person", seq: { gt: audit.lastSeq } } } };
  const ids = auditSampleSchema.parse(audit.sample).map(({ glyphId }) => glyphId);
  return { id: { in: ids }, ...(state === "open" ? { NOT: looked } : state === "reviewed" ? looked : {}) };
}

function stateFilter(state: z.infer<typeof glyphQuerySchema>["state"]): Prisma.GlyphWhereInput {
  switch (state) {
    case "all":
      return {};
    case "open":
      return { reviewed: false };
    case "disagree":
      return { reviewed: false, disagrees: true };
    case "spoiled":
      return { reviewed: false, status: { in: [GlyphStatus.crossedOut, GlyphStatus.overwritten] } };
    case "reviewed":
      return { reviewed: true };
    case "unusable":
      return { unusable: true };
  }
}

function afterInQueue(cursor: string): Prisma.GlyphWhereInput {
  const dot = cursor.indexOf(".");
  const status = QUEUE.find((s) => s === cursor.slice(0, dot));
  if (status === undefined) throw refuseCursor(cursor);
  return { OR: [{ status, id: { gt: cursor.slice(dot + 1) } }, { status: { in: QUEUE.slice(QUEUE.indexOf(status) + 1) } }] };
}

function afterByDoubt(cursor: string): Prisma.GlyphWhereInput {
  const [text = "", id = ""] = cursor.split("_");
  const doubt = Number(text);
  if (text === "" || !Number.isFinite(doubt) || id === "") throw refuseCursor(cursor);
  return { OR: [{ doubt: { lt: doubt } }, { doubt, id: { gt: id } }] };
}

function refuseCursor(cursor: string): InkformError {
  return new InkformError("invalid-argument", `"${cursor}" is not a place in the review queue; leave the cursor out to begin at the front`);
}
