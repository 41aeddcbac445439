import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "../../lib/server/db/open-database.ts";

const MIGRATIONS = join("prisma", "migrations");

/**
 * Vitest's global setup: an embedded database with all migrations, closed, for tests to copy. Making one takes seconds of processor time, copying it milliseconds; it is kept
 * until a migration or PGlite changes. That a new one comes about in an empty folder is shown by tests/integration/db and by every server that a test starts.
 */
export default async function makeDatabaseTemplate(): Promise<void> {
  const folder = await findDatabaseTemplate();
  if (existsSync(folder)) return;
  const making = await mkdtemp(`${folder}-`);
  await (await openDatabase({ folder: making, migrations: MIGRATIONS })).close();
  try {
    await rename(making, folder);
  } catch (error) {
    await rm(making, { recursive: true });
    // Another run may have made it meanwhile: one of both stays.
    if (!existsSync(folder)) throw error;
  }
}

/** Where the folder lies, from the project's root. */
export async function findDatabaseTemplate(): Promise<string> {
  const files = (await readdir(MIGRATIONS, { recursive: true })).filter((name) => name.endsWith(".sql")).sort();
  const hash = createHash("sha256").update(await readFile(join("node_modules", "@electric-sql", "pglite", "package.json")));
  for (const name of files) hash.update(name).update(await readFile(join(MIGRATIONS, name)));
  return join("build", `test-database-${hash.digest("hex").slice(0, 12)}`);
}
