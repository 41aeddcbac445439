import type { Runtime } from "../../runtime.ts";

/** Glyphs that wait for a reviewer because their sources disagree, by page; pages with none are left out. Walks the partial index alone. */
export async function countDisagreeing(
  runtime: Runtime,
  collectionId: string | undefined,
  pageIds: readonly string[] | undefined,
): Promise<Map<string, number>> {
  if (collectionId === undefined) return new Map();
  const rows = await runtime.database.query<{ pageId: string; count: number }>(
    `SELECT "pageId", count(*)::int AS "count" FROM "Glyph"
    WHERE "collectionId" = $1 AND "disagrees" AND NOT "reviewed" AND "status" <> 'blank' ${pageIds === undefined ? "" : `AND "pageId" = ANY($2)`}
    GROUP BY "pageId"`,
    pageIds === undefined ? [collectionId] : [collectionId, pageIds],
  );
  return new Map(rows.map(({ pageId, count }) => [pageId, count]));
}
