import { join } from "node:path";
import type { Database } from "../../../lib/server/db/database.ts";
import { openDatabase } from "../../../lib/server/db/open-database.ts";

/** The database that a server on this data folder has, opened while none runs. */
export function openBenchDatabase(folder: string): Promise<Database> {
  return openDatabase({ url: process.env.DATABASE_URL, folder: join(folder, "db"), migrations: join("prisma", "migrations") });
}
