// A process whose files may not grow past a limit (ulimit -f): writes rows until the database fails, then asks it once more. Prints JSON.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { newId } from "../../lib/server/db/new-id.ts";
import { openDatabase } from "../../lib/server/db/open-database.ts";

async function main(): Promise<void> {
  const database = await openDatabase({ folder: process.argv[2], migrations: join(process.cwd(), "prisma", "migrations") });
  const acknowledged: string[] = [];
  let failure = "";
  // One long text that does not shrink: thousands of numbers would take PostgreSQL longer to read than to write.
  const payload = { filling: randomBytes(66_000).toString("base64") };
  while (failure === "" && acknowledged.length < 2000) {
    const id = newId();
    try {
      await database.client.job.create({ data: { id, kind: "filling", version: 1, payload, maxAttempts: 1 } });
      acknowledged.push(id);
    } catch (error) {
      failure = String(error);
    }
  }
  const after: string[] = [];
  for (const ask of [
    () => database.query("SELECT 1"),
    () => database.client.job.count(),
    () => database.transaction((tx) => tx.job.count()),
  ])
    after.push(
      await ask().then(
        () => "answered",
        (error: unknown) => String(error),
      ),
    );
  process.stdout.write(JSON.stringify({ acknowledged, failure, after }));
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
