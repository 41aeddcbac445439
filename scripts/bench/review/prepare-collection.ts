import { InkformError } from "../../../lib/core/inkform-error.ts";
import { BENCH_SLUG, fillCollection, readImages } from "./fill-collection.ts";
import { openBenchDatabase } from "./open-bench-database.ts";

/**
 * Makes the bench's collection in the database of `folder`, or of DATABASE_URL, where it is not there yet.
 * @returns whether it was made now
 * @throws InkformError where the database has other glyphs, or another number of them
 */
export async function prepareCollection(folder: string, glyphs: number): Promise<boolean> {
  const database = await openBenchDatabase(folder);
  try {
    const [{ count }] = await database.query<{ count: number }>(
      `SELECT coalesce(sum(c."count"), 0)::int AS "count" FROM "GlyphCount" c JOIN "Collection" d ON d."id" = c."collectionId" WHERE d."slug" = $1`,
      [BENCH_SLUG],
    );
    if (count === glyphs) return false;
    const [{ any }] = await database.query<{ any: boolean }>(`SELECT EXISTS (SELECT 1 FROM "Glyph") AS "any"`);
    if (any)
      throw new InkformError("conflict", "The database has other glyphs than this bench's: give it one of its own. Nothing was changed.");
    await fillCollection(database, glyphs, await readImages(process.env.MNIST_DIR));
    return true;
  } finally {
    await database.close();
  }
}
