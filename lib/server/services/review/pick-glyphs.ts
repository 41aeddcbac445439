import { z } from "zod";
import type { GlyphOrder } from "../../../contracts/review.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { expectedGain } from "../../../label/expected-gain.ts";
import type { Queryable } from "../../db/database.ts";
import { Prisma } from "../../db/generated/client.ts";
import { KEPT } from "../../db/kept.ts";
import { GLYPH_SQL } from "../glyphs/glyph-view.ts";
import { countLabels } from "./count-glyphs.ts";
import { ODD, type OrderedRow, type OrderPlan, planOrder, type Stream } from "./glyph-order.ts";
import { type GlyphScope, glyphWhere, isOpen } from "./glyph-where.ts";
import { readSeconds } from "./read-seconds.ts";

export interface Pick {
  readonly order: GlyphOrder;
  readonly seed: number;
  readonly limit: number;
  /** No more than so many are left, as is known: the search ends with them and not at the end of the index. */
  readonly most: number;
  /** A further condition on `g`. */
  readonly and?: Prisma.Sql;
  /** The scope has few glyphs: find them first and sort them then, instead of going along an index of the order. */
  readonly few: boolean;
  readonly cursor?: string;
}

/** Of each stream the place of the last glyph taken; of streams one after the other only the last one's. */
const cursorSchema = z.record(z.string(), z.array(z.union([z.string(), z.number()])).max(3));

/**
 * The next glyphs of a scope in an order, and the cursor behind them; null at the end. A cursor is a place, not a number: it neither repeats nor misses a glyph while
 * others are decided (an estimate does change doubts).
 * @throws InkformError `invalid-argument` (not a cursor of this order)
 */
export async function pickGlyphs(db: Queryable, scope: GlyphScope, pick: Pick): Promise<{ rows: OrderedRow[]; nextCursor: string | null }> {
  const { order, seed, limit, cursor } = pick;
  const labels = order === "odd" || order === "class" ? await countLabels(db, scope) : [];
  const plan = planOrder(order, { labels, seed, open: isOpen(scope) });
  const places = cursor === undefined ? {} : readCursor(cursor);
  const found = plan.merged ? await merge(db, scope, { plan, places, pick }) : await concatenate(db, scope, { plan, places, pick });
  const rows = found.slice(0, limit);
  const next: Record<string, unknown> = plan.merged ? { ...places } : {};
  for (const { stream, row } of plan.merged ? rows : rows.slice(-1)) next[stream] = plan.place(row);
  return {
    rows: rows.map(({ row }) => row),
    nextCursor: found.length > limit && rows.length > 0 ? Buffer.from(JSON.stringify(next)).toString("base64url") : null,
  };
}

interface Found {
  readonly stream: string;
  readonly row: OrderedRow;
}
interface Task {
  readonly plan: OrderPlan;
  readonly places: z.infer<typeof cursorSchema>;
  readonly pick: Pick;
}

async function concatenate(db: Queryable, scope: GlyphScope, { plan, places, pick }: Task): Promise<Found[]> {
  const found: Found[] = [];
  const [at] = Object.keys(places);
  const from = at === undefined ? 0 : plan.streams.findIndex(({ name }) => name === at);
  if (from < 0) throw refuseCursor(pick.cursor);
  for (const stream of plan.streams.slice(from)) {
    const missing = Math.min(pick.limit + 1, pick.most) - found.length;
    if (missing <= 0) break;
    found.push(...(await readStream(db, scope, { plan, places, pick, stream, limit: missing })));
  }
  return found;
}

async function merge(db: Queryable, scope: GlyphScope, task: Task): Promise<Found[]> {
  const { plan, places, pick } = task;
  if (Object.keys(places).some((at) => plan.streams.every(({ name }) => name !== at))) throw refuseCursor(pick.cursor);
  const secondsOf = await readSeconds(db, scope.collectionId);
  const found: (Found & { gain: number })[] = [];
  for (const stream of plan.streams)
    for (const one of await readStream(db, scope, { ...task, stream, limit: Math.min(pick.limit + 1, pick.most) }))
      found.push({ ...one, gain: expectedGain(one.row.odd, secondsOf(one.row.status)) });
  return found.sort((a, b) => b.gain - a.gain || (a.row.id < b.row.id ? -1 : 1));
}

async function readStream(
  db: Queryable,
  scope: GlyphScope,
  { plan, places, pick, stream, limit }: Task & { stream: Stream; limit: number },
): Promise<Found[]> {
  if (stream.empty === true) return [];
  const place = places[stream.name];
  const after = place === undefined ? Prisma.sql`TRUE` : plan.after(place);
  if (after === undefined) throw refuseCursor(pick.cursor);
  const all = Prisma.sql`${glyphWhere(scope, !pick.few)} AND ${stream.where}`;
  // OFFSET 0: the planner leaves the inner query as it is, and takes an index that finds few glyphs, not one that has many in order.
  const from = pick.few ? Prisma.sql`(SELECT g.* FROM "Glyph" g WHERE ${all} OFFSET 0) g` : Prisma.sql`"Glyph" g`;
  // Planned for a number of rows that varies little, so that along an index its plan may be kept; found are only those that are wanted.
  const atMost = Prisma.raw(String(2 ** Math.ceil(Math.log2(limit))));
  const rows = await db.$queryRaw<OrderedRow[]>`${pick.few ? Prisma.empty : KEPT}
    SELECT * FROM (
      SELECT ${GLYPH_SQL}, ${ODD} AS "odd" FROM ${from} WHERE ${pick.few ? Prisma.sql`TRUE` : all} AND ${after} AND ${pick.and ?? Prisma.sql`TRUE`}
      ORDER BY ${plan.by} LIMIT ${atMost}) AS first LIMIT ${limit}`;
  return rows.map((row) => ({ stream: stream.name, row }));
}

function readCursor(cursor: string): Task["places"] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw refuseCursor(cursor);
  }
}

function refuseCursor(cursor = ""): InkformError {
  return new InkformError("invalid-argument", `"${cursor}" is not a place in this order; leave the cursor out to begin at the front`);
}
