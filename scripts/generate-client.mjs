// Writes the database client to lib/server/db/generated from prisma/schema.prisma. Works offline: `prisma generate` wants to download
// a schema engine which it then does not use, unless it is told that it has one; any existing executable will do.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const schemaPath = join(root, "prisma", "schema.prisma");
const outDir = join(root, "lib", "server", "db", "generated");
const stampPath = join(outDir, ".generated-from");
const require = createRequire(import.meta.url);
const prismaPackage = require.resolve("prisma/package.json");
const version = JSON.parse(readFileSync(prismaPackage, "utf8")).version;

/** Generates unless the client there was made from this very schema by this very version. */
export function generateClient({ force = false } = {}) {
  const stamp = createHash("sha256").update(readFileSync(schemaPath)).update(version).digest("hex");
  if (!force && existsSync(stampPath) && readFileSync(stampPath, "utf8") === stamp) return false;
  const result = spawnSync(process.execPath, [join(dirname(prismaPackage), "build", "index.js"), "generate", "--schema", schemaPath], {
    cwd: root,
    encoding: "utf8",
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
  });
  if (result.status !== 0) throw new Error(`prisma generate failed:\n${result.stdout}${result.stderr}`);
  writeFileSync(stampPath, stamp);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = generateClient({ force: process.argv.includes("--force") });
  process.stderr.write(made ? "database client generated\n" : "database client is up to date\n");
}
