import type { Queryable } from "../../db/database.ts";
import { Prisma } from "../../db/generated/client.ts";
import { KEPT } from "../../db/kept.ts";
import { countWhere, type GlyphScope, glyphWhere, isCounted, pageCountOf } from "./glyph-where.ts";

/** How many glyphs a scope has, from the counts that the database keeps where it does, else by counting them. */
export async function countGlyphs(db: Queryable, scope: GlyphScope): Promise<number> {
  const pages = isCounted(scope.filter) ? undefined : pageCountOf(scope);
  if (pages !== undefined) {
    const [{ count }] = await db.$queryRaw<[{ count: number }]>`
      SELECT coalesce(sum(${pages.number}), 0)::int AS "count" FROM "Page" p JOIN "PageCount" c ON c."pageId" = p."id" WHERE ${pages.where}`;
    return count;
  }
  const [{ count }] = await db.$queryRaw<[{ count: number }]>(
    isCounted(scope.filter)
      ? Prisma.sql`${KEPT} SELECT coalesce(sum(c."count"), 0)::int AS "count" FROM "GlyphCount" c WHERE ${countWhere(scope)}`
      : Prisma.sql`SELECT count(*)::int AS "count" FROM "Glyph" g WHERE ${glyphWhere(scope)}`,
  );
  return count;
}

export interface CountedLabel {
  /** Null: glyphs without one. */
  readonly label: string | null;
  /** A scope that is not counted (`isCounted`) may have none even so. */
  readonly empty: boolean;
}

/** The classes that the collection has or has had, in the order of their characters, null last; `empty` where the scope has none of it. */
export async function countLabels(db: Queryable, scope: GlyphScope): Promise<CountedLabel[]> {
  const rows = await db.$queryRaw<{ label: string; here: boolean }[]>`
    SELECT c."label", bool_or(c."count" > 0 AND ${countWhere(scope)}) AS "here" FROM "GlyphCount" c WHERE c."collectionId" = ${scope.collectionId} GROUP BY 1`;
  const labels = rows.map(({ label, here }) => ({ label, empty: !here })).sort((a, b) => (a.label < b.label ? -1 : 1));
  return [
    ...labels.filter(({ label }) => label !== ""),
    ...labels.filter(({ label }) => label === "").map((one) => ({ ...one, label: null })),
  ];
}
