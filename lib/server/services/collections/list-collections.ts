import type { CollectionView } from "../../../contracts/collections.ts";
import type { Runtime } from "../../runtime.ts";

interface Row {
  slug: string;
  name: string;
  createdAt: Date;
  [count: string]: unknown;
}

/**
 * The collections, oldest first, with the counts of their stations; only `slug` where given. Counts of glyphs come from the pages and from kept counts, so that
 * they do not walk a million rows.
 */
export async function listCollections(runtime: Runtime, slug?: string): Promise<CollectionView[]> {
  const rows = await runtime.database.query<Row>(
    `SELECT c."slug", c."name", c."createdAt",
      (SELECT coalesce(sum(b."copies"), 0) FROM "CardBatch" b WHERE b."collectionId" = c."id")::int AS "cards",
      (SELECT count(*) FROM "Scan" s WHERE s."collectionId" = c."id")::int AS "scans",
      p."pagesRead", p."pagesRejected", p."glyphs", p."writers",
      (SELECT coalesce(sum(greatest(coalesce(s."pageCount", 1) - (SELECT count(*) FROM "Page" q WHERE q."scanId" = s."id" AND q."part" = q."parts"), 0)), 0)
        FROM "Scan" s JOIN "Job" j ON j."id" = s."jobId"
        WHERE s."collectionId" = c."id" AND j."state" IN ('queued', 'running'))::int AS "pagesWaiting",
      g."reviewed", g."disagreeing", g."unusable",
      (SELECT count(*) FROM "Dataset" d WHERE d."collectionId" = c."id")::int AS "datasets",
      (SELECT count(*) FROM "Run" r WHERE r."collectionId" = c."id")::int AS "runs",
      (SELECT count(*) FROM "Run" r WHERE r."collectionId" = c."id" AND r."modelSha256" IS NOT NULL)::int AS "runsDone"
    FROM "Collection" c
    CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE p."state" = 'read'))::int AS "pagesRead",
        (count(*) FILTER (WHERE p."state" = 'rejected'))::int AS "pagesRejected",
        coalesce(sum(p."glyphCount"), 0)::int AS "glyphs",
        (count(DISTINCT coalesce(p."writer", p."card", p."id")) FILTER (WHERE p."state" = 'read'))::int AS "writers"
      FROM "Page" p WHERE p."collectionId" = c."id"
    ) p
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(g."count") FILTER (WHERE g."reviewed"), 0)::int AS "reviewed",
        coalesce(sum(g."count") FILTER (WHERE g."disagrees" AND NOT g."reviewed" AND g."status" <> 'blank'), 0)::int AS "disagreeing",
        coalesce(sum(g."count") FILTER (WHERE g."unusable"), 0)::int AS "unusable"
      FROM "GlyphCount" g WHERE g."collectionId" = c."id" AND g."status" <= 'blank'
    ) g
    ${slug === undefined ? "" : `WHERE c."slug" = $1`}
    ORDER BY c."id"`,
    slug === undefined ? [] : [slug],
  );
  return rows.map(({ slug: rowSlug, name, createdAt, ...counts }) => ({
    slug: rowSlug,
    name,
    createdAt: new Date(createdAt).toISOString(),
    counts: counts as CollectionView["counts"],
  }));
}
