import { createHash } from "node:crypto";
import type { GlyphOrder } from "../../../contracts/review.ts";
import { Prisma } from "../../db/generated/client.ts";
import type { GlyphRow } from "../glyphs/glyph-view.ts";
import type { CountedLabel } from "./count-glyphs.ts";
import { QUEUE } from "./glyph-where.ts";

/** A glyph with how odd it looks in its class. */
export type OrderedRow = GlyphRow & { readonly odd: number };

/** A place in a stream: the values it is sorted by. */
export type Place = readonly (string | number)[];

/** Glyphs that one index holds in the wanted order. */
export interface Stream {
  readonly name: string;
  readonly where: Prisma.Sql;
  /** There is nothing in it. */
  readonly empty?: boolean;
}

/** An order: streams one after the other, or (`merged`) side by side, the next glyph taken from the one whose first gains most. */
export interface OrderPlan {
  readonly streams: readonly Stream[];
  readonly merged: boolean;
  readonly by: Prisma.Sql;
  place(row: OrderedRow): Place;
  /** What comes behind a place; undefined where it is none of this order's. */
  after(place: Place): Prisma.Sql | undefined;
}

/**
 * P(its label is wrong): as last estimated; before that what the model that read the page says. Written as the indexes of the migration 20261126090000_review are, so
 * that they serve.
 */
export const ODD = Prisma.sql`coalesce(g."doubt", CASE WHEN g."predictionLabel" = g."prompt" THEN 1::real - g."predictionProbability"
  WHEN g."predictionLabel" <> g."prompt" THEN g."predictionProbability" END, 0.5::real)`;
const HASH = Prisma.sql`left(md5(g."id"), 8)`;
const EVERYTHING: readonly Stream[] = [{ name: "", where: Prisma.sql`TRUE` }];

/** @param context `labels`: the classes there are, for those orders that go class by class; `seed`: of `random`; `open`: all glyphs are open ones */
export function planOrder(
  order: GlyphOrder,
  { labels, seed, open }: { labels: readonly CountedLabel[]; seed: number; open: boolean },
): OrderPlan {
  switch (order) {
    case "queue":
      return { streams: EVERYTHING, merged: false, ...BY_STATUS, ...(open && { by: amongOpen(BY_STATUS.by) }) };
    case "doubt":
      return { streams: [{ name: "", where: Prisma.sql`g."doubt" IS NOT NULL` }], merged: false, ...BY_DOUBT };
    case "gain":
      return {
        streams: QUEUE.map((status) => ({ name: status, where: Prisma.sql`g."status" = ${status}::"GlyphStatus"` })),
        merged: true,
        ...BY_ODDITY,
      };
    case "odd":
      return { streams: labels.map(toStream), merged: false, ...BY_ODDITY };
    case "class":
      return { streams: labels.map(toStream), merged: false, ...BY_STATUS };
    case "writer":
      return { streams: EVERYTHING, merged: false, ...BY_WRITER };
    case "page":
      return { streams: EVERYTHING, merged: false, ...BY_PAGE, ...(open && { by: amongOpen(BY_PAGE.by) }) };
    case "random":
      return { streams: startAt(seed), merged: false, ...BY_HASH };
  }
}

/** The same order where nothing is reviewed; only an index that has that column serves. One without it is smaller, but along it all that was decided would be passed over. */
function amongOpen(by: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`g."reviewed", ${by}`;
}

function toStream({ label, empty }: CountedLabel): Stream {
  return label === null
    ? { name: "none", where: Prisma.sql`g."label" IS NULL`, empty }
    : { name: `class ${label}`, where: Prisma.sql`g."label" = ${label}`, empty };
}

/** One shuffled ring, entered where the seed says: from there to its end, then from its beginning. */
function startAt(seed: number): readonly Stream[] {
  const start = hash(`seed ${seed}`);
  return [
    { name: "first", where: Prisma.sql`${HASH} >= ${start}` },
    { name: "then", where: Prisma.sql`${HASH} < ${start}` },
  ];
}

type Keys = Pick<OrderPlan, "by" | "place" | "after">;

const BY_STATUS: Keys = {
  by: Prisma.sql`g."status", g."id"`,
  place: ({ status, id }) => [status, id],
  after: ([status, id]) =>
    QUEUE.some((s) => s === status) ? Prisma.sql`(g."status", g."id") > (${status}::"GlyphStatus", ${String(id)})` : undefined,
};

// A doubt is a 32-bit number: its own text finds it again.
const BY_DOUBT: Keys = {
  by: Prisma.sql`g."doubt" DESC, g."id"`,
  place: ({ doubt, id }) => [doubt ?? 0, id],
  after: ([doubt, id]) =>
    typeof doubt === "number"
      ? Prisma.sql`g."doubt" <= ${doubt}::real AND (g."doubt" < ${doubt}::real OR g."id" > ${String(id)})`
      : undefined,
};

const BY_ODDITY: Keys = {
  by: Prisma.sql`${ODD} DESC, g."id"`,
  place: ({ odd, id }) => [odd, id],
  after: ([odd, id]) =>
    typeof odd === "number" ? Prisma.sql`${ODD} <= ${odd}::real AND (${ODD} < ${odd}::real OR g."id" > ${String(id)})` : undefined,
};

const BY_WRITER: Keys = {
  by: Prisma.sql`g."writer", g."id"`,
  place: ({ writer, id }) => [writer, id],
  after: ([writer, id]) => (id === undefined ? undefined : Prisma.sql`(g."writer", g."id") > (${String(writer)}, ${String(id)})`),
};

const BY_PAGE: Keys = {
  by: Prisma.sql`g."pageId", g."fieldIndex", g."index"`,
  place: ({ pageId, fieldIndex, index }) => [pageId, fieldIndex, index],
  after: ([page, field, index]) =>
    Number.isInteger(field) && Number.isInteger(index)
      ? Prisma.sql`(g."pageId", g."fieldIndex", g."index") > (${String(page)}, ${field}::int2, ${index}::int2)`
      : undefined,
};

const BY_HASH: Keys = {
  by: Prisma.sql`${HASH}, g."id"`,
  place: ({ id }) => [hash(id), id],
  after: ([at, id]) => (id === undefined ? undefined : Prisma.sql`(${HASH}, g."id") > (${String(at)}, ${String(id)})`),
};

/** As the database's left(md5(...), 8). */
function hash(text: string): string {
  return createHash("md5").update(text).digest("hex").slice(0, 8);
}
