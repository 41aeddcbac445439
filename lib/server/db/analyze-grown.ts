import type { Driver } from "./driver.ts";

/** A table is looked at again once it has half as many pages more, and these; one that never was, once it has these: making an index sets `relpages`, too. */
const GROWTH = 1.5;
const LEAST_PAGES = 50;

/**
 * Has PostgreSQL look at tables that have grown since it last did: what it knows of their values decides which index a query takes. A server does so by itself, PGlite never:
 * with 200,000 glyphs it sorted them all for a list of 300.
 * @returns the tables
 */
export async function analyzeGrown(driver: Pick<Driver, "query" | "execute">): Promise<string[]> {
  const grown = await driver.query<{ name: string }>(
    `SELECT c."relname" AS "name" FROM pg_class c JOIN pg_namespace n ON n."oid" = c."relnamespace"
     WHERE n."nspname" = 'public' AND c."relkind" = 'r'
       AND pg_relation_size(c."oid") / current_setting('block_size')::int > $1::int
         + CASE WHEN EXISTS (SELECT 1 FROM pg_statistic s WHERE s."starelid" = c."oid") THEN $2::float8 * greatest(c."relpages", 0) ELSE 0 END
     ORDER BY 1`,
    [LEAST_PAGES, GROWTH],
  );
  for (const { name } of grown) await driver.execute(`ANALYZE "${name}"`);
  return grown.map(({ name }) => name);
}
