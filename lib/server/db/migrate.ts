import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { InkformError } from "../../core/inkform-error.ts";
import type { Driver } from "./driver.ts";

/** As Prisma 7 creates it (schema-engine, sql-migration-connector), so that `prisma migrate deploy` agrees with what we did. */
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies the migrations in `folder` (one folder each, with a migration.sql) that the database lacks, in the order of their names, each in one
 * transaction with its row in `_prisma_migrations`.
 * @returns the names of those applied now.
 * @throws InkformError `unavailable` where an applied one was edited since, where the database is of a newer program, or where the SQL fails.
 */
export async function migrate(database: Pick<Driver, "execute" | "query">, folder: string): Promise<string[]> {
  await database.execute(TABLE);
  const rows = await database.query<{ migration_name: string; checksum: string }>(
    `SELECT "migration_name", "checksum" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL`,
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  for (const name of applied.keys())
    if (!names.includes(name))
      throw new InkformError(
        "unavailable",
        `The database was made by a newer Inkform: it has the migration ${name}, which this program does not know. Update the program, or use another database. Nothing was changed.`,
      );
  const done: string[] = [];
  for (const name of names) {
    const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
    const checksum = createHash("sha256").update(sql).digest("hex");
    const before = applied.get(name);
    if (before === checksum) continue;
    if (before !== undefined)
      throw new InkformError(
        "unavailable",
        `The migration ${name} was edited after it had been applied to this database. Restore prisma/migrations/${name}/migration.sql and put the change into a new migration. Nothing was changed.`,
      );
    await apply(database, name, sql, checksum);
    done.push(name);
  }
  return done;
}

async function apply(database: Pick<Driver, "execute" | "query">, name: string, sql: string, checksum: string): Promise<void> {
  // Values are our own (a folder's name, hexadecimal digits, a UUID), but the name is quoted all the same.
  const record = `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
    VALUES ('${randomUUID()}', '${checksum}', '${name.replaceAll("'", "''")}', now(), now(), 1)`;
  try {
    await database.execute(`BEGIN;\n${sql};\n${record};\nCOMMIT;`);
  } catch (error) {
    await database.execute("ROLLBACK").catch(() => {});
    throw new InkformError(
      "unavailable",
      `The database could not be brought up to date: migration ${name} failed (${error instanceof Error ? error.message : String(error)}). It was rolled back; nothing was changed.`,
      error,
    );
  }
}
