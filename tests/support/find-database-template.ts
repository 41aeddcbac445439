import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const MIGRATIONS = join("prisma", "migrations");

/** Where the data folder of database-template.ts lies, from the project's root; the database is in `db` in it. */
export async function findDatabaseTemplate(): Promise<string> {
  const files = (await readdir(MIGRATIONS, { recursive: true })).filter((name) => name.endsWith(".sql")).sort();
  const hash = createHash("sha256").update(await readFile(join("node_modules", "@electric-sql", "pglite", "package.json")));
  for (const name of files) hash.update(name).update(await readFile(join(MIGRATIONS, name)));
  return join("build", `test-data-${hash.digest("hex").slice(0, 12)}`);
}
