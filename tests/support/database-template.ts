import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "../../lib/server/db/open-database.ts";
import { findDatabaseTemplate } from "./find-database-template.ts";

const MIGRATIONS = join("prisma", "migrations");

/**
 * Vitest's global setup: a data folder with nothing but an embedded database, all migrations in it, closed, for tests to copy. Making one takes seconds of processor time,
 * copying it a fraction; it is kept until a migration or PGlite changes. That a new one comes about in an empty folder is shown by tests/integration/db
 * and by the browser tests' filled server.
 */
export default async function makeDatabaseTemplate(): Promise<void> {
  const folder = await findDatabaseTemplate();
  if (existsSync(folder)) return;
  const making = await mkdtemp(`${folder}-`);
  await (await openDatabase({ folder: join(making, "db"), migrations: MIGRATIONS })).close();
  try {
    await rename(making, folder);
  } catch (error) {
    await rm(making, { recursive: true });
    // Another run may have made it meanwhile: one of both stays.
    if (!existsSync(folder)) throw error;
  }
}
