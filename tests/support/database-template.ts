import { rm } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "../../lib/server/db/open-database.ts";

/** Where the folder lies, from the project's root. */
export const DATABASE_TEMPLATE = join("build", "test-database");

/**
 * Vitest's global setup: an embedded database with all migrations, closed, for tests to copy. Making one takes seconds of processor time, copying it milliseconds;
 * that a new one comes about in an empty folder is shown by tests/integration/db and by every server that a test starts.
 */
export default async function makeDatabaseTemplate(): Promise<void> {
  await rm(DATABASE_TEMPLATE, { recursive: true, force: true });
  await (await openDatabase({ folder: DATABASE_TEMPLATE, migrations: join("prisma", "migrations") })).close();
}
