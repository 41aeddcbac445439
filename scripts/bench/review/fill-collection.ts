import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Rng } from "../../../lib/core/rng.ts";
import type { Database } from "../../../lib/server/db/database.ts";
import { newId } from "../../../lib/server/db/new-id.ts";

export const BENCH_SLUG = "bench-review";
const PER_PAGE = 210;
const PIECE = 50_000;
const IMAGES = 1000;
const SEED = 20261126;

/**
 * Puts a collection of `count` glyphs into an open database as reading pages would have left it: 210 on a page, 20 pages a writer, prompt and model on each, 2 %
 * of them in contradiction and 1 % unsure cuts. Indexes and references are made at the end, as a database that is filled at once has
 * them: row by row, references took three quarters of the time.
 * @param images n x 784 bytes, taken in turn
 */
export async function fillCollection(database: Database, count: number, images: Uint8Array): Promise<void> {
  const collectionId = newId();
  await database.client.collection.create({ data: { id: collectionId, slug: BENCH_SLUG, name: "Bench" } });
  const indexes = await database.query<{ name: string; definition: string }>(
    `SELECT i."indexname" AS "name", i."indexdef" AS "definition" FROM pg_indexes i
     WHERE i."schemaname" = 'public' AND i."tablename" IN ('Glyph', 'Label') AND i."indexdef" NOT LIKE 'CREATE UNIQUE%'`,
  );
  const references = await database.query<{ table: string; name: string; definition: string }>(
    `SELECT c."conrelid"::regclass::text AS "table", c."conname" AS "name", pg_get_constraintdef(c."oid") AS "definition" FROM pg_constraint c
     WHERE c."contype" = 'f' AND c."conrelid" IN ('"Glyph"'::regclass, '"Label"'::regclass)`,
  );
  for (const { name } of indexes) await database.query(`DROP INDEX "${name}"`);
  for (const { table, name } of references) await database.query(`ALTER TABLE ${table} DROP CONSTRAINT "${name}"`);
  await database.query(`CREATE TABLE "bench_image" ("number" INT PRIMARY KEY, "image" BYTEA)`);
  for (let n = 0; n < images.length / 784; n++)
    await database.query(`INSERT INTO "bench_image" VALUES ($1, $2)`, [n, Buffer.from(images.subarray(784 * n, 784 * n + 784))]);
  await fillPages(database, collectionId, Math.ceil(count / PER_PAGE));
  for (let from = 0; from < count; from += PIECE) {
    await fillGlyphs(database, { collectionId, from, to: Math.min(count, from + PIECE), images: images.length / 784 });
    console.error(`${Math.min(count, from + PIECE).toLocaleString("en")} glyphs`);
  }
  await database.query(`DROP TABLE "bench_image"`);
  for (const { table, name, definition } of references) await database.query(`ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${definition}`);
  for (const { definition } of indexes) await database.query(definition);
  // A PostgreSQL server would do so by itself, but later; the embedded database does when it is opened next.
  if (database.kind === "server") await database.query("ANALYZE");
}

/** Real digits where MNIST is at hand, else strokes. */
export async function readImages(mnist: string | undefined): Promise<Uint8Array> {
  if (mnist !== undefined) {
    const bytes = gunzipSync(await readFile(join(mnist, "t10k-images-idx3-ubyte.gz")));
    return bytes.subarray(16, 16 + 784 * IMAGES);
  }
  const rng = new Rng(SEED);
  const images = new Uint8Array(784 * IMAGES);
  for (let n = 0; n < IMAGES; n++) {
    let [x, y] = [6 + 16 * rng.float(), 4 + 6 * rng.float()];
    const turn = rng.float() - 0.5;
    for (let step = 0, angle = 6 * rng.float(); step < 40; step++, angle += turn * 0.4) {
      x = Math.min(24, Math.max(3, x + Math.cos(angle)));
      y = Math.min(24, Math.max(3, y + Math.sin(angle)));
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const)
        images[784 * n + 28 * (Math.floor(y) + dy) + Math.floor(x) + dx] = 160 + 95 * rng.float();
    }
  }
  return images;
}

async function fillPages(database: Database, collectionId: string, pages: number): Promise<void> {
  const id = (kind: string): string => `'${kind}' || lpad(p::text, 19, '0')`;
  await database.query(
    `INSERT INTO "Job" ("id", "kind", "version", "payload", "state", "maxAttempts") SELECT ${id("j")}, 'read-scan', 1, '{}', 'done', 1 FROM generate_series(1, $1::int) p`,
    [pages],
  );
  await database.query(
    `INSERT INTO "Scan" ("id", "collectionId", "fileName", "originalSha256", "sha256", "bytes", "pageCount", "jobId")
     SELECT ${id("s")}, $1, 'scan ' || p || '.jpg', p::text, p::text, 1000000, 1, ${id("j")} FROM generate_series(1, $2::int) p`,
    [collectionId, pages],
  );
  await database.query(
    `INSERT INTO "Page" ("id", "scanId", "collectionId", "number", "state", "template", "card", "writer", "widthPx", "heightPx", "fields", "glyphCount",
       "device", "dpi", "blurMm")
     SELECT ${id("p")}, ${id("s")}, $1, 1, 'read', 'digits', 'CARD' || p, 'w' || (p / 20), 2480, 3508, '[]', $3::int, 'scanner ' || (p % 7), 150 + 50 * (p % 6), 0.2 + 0.1 * (p % 5)
     FROM generate_series(1, $2::int) p`,
    [collectionId, pages, PER_PAGE],
  );
}

async function fillGlyphs(
  database: Database,
  { collectionId, from, to, images }: { collectionId: string; from: number; to: number; images: number },
): Promise<void> {
  // md5 of the number: random enough, and the same in each run.
  await database.query(
    `INSERT INTO "Glyph" ("id", "collectionId", "pageId", "field", "fieldIndex", "index", "prompt", "promptSource", "status", "boundsX", "boundsY", "boundsWidth",
       "boundsHeight", "image", "normalization", "cropOffset", "cropWidth", "cropHeight", "predictionLabel", "predictionProbability", "writer", "label", "labelSource", "disagrees")
     SELECT 'g' || lpad(n::text, 19, '0'), $1, 'p' || lpad((n / ${PER_PAGE} + 1)::text, 19, '0'), 'r' || (n % ${PER_PAGE} / 10), n % ${PER_PAGE} / 10, n % 10, prompt, 'card', status::"GlyphStatus",
       100 + 60 * (n % 10), 100 + 60 * (n % ${PER_PAGE} / 10), 40, 50, image, 'mnist-1', 0, 40, 50,
       prediction, 0.5 + 0.5 * (1 - power(r / 4095.0, 4)), 'w' || (n / ${20 * PER_PAGE}), prompt, 'prompt', status <> 'labelled'
     FROM (SELECT n, r, (r % 10)::text AS prompt, CASE WHEN r / 10 % 50 = 7 THEN ((r + 3) % 10)::text ELSE (r % 10)::text END AS prediction,
         CASE WHEN r / 10 % 50 = 7 THEN 'mismatch' WHEN r / 10 % 100 = 11 THEN 'unsure' ELSE 'labelled' END AS status
       FROM (SELECT n, ('x' || left(md5(n::text), 3))::bit(12)::int AS r FROM generate_series($2::int, $3::int - 1) n) numbers) g
     JOIN "bench_image" i ON i."number" = g.n % $4::int ORDER BY g.n`,
    [collectionId, from, to, images],
  );
  await database.query(
    `INSERT INTO "Label" ("glyphId", "source", "by", "kind", "value", "probability")
     SELECT g."id", s.source::"LabelSource", s.by, 'class', s.value, s.probability FROM "Glyph" g,
       LATERAL (VALUES ('prompt', 'card', g."prompt", NULL::real), ('model', 'starter', g."predictionLabel", g."predictionProbability")) s(source, by, value, probability)
     WHERE g."id" >= 'g' || lpad($1::text, 19, '0') AND g."id" < 'g' || lpad($2::text, 19, '0') ORDER BY g."id"`,
    [String(from), String(to)],
  );
}
