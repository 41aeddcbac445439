import { join } from "node:path";
import { createRegistrations } from "./create-registrations.ts";
import { openDatabase } from "./db/open-database.ts";
import type { Env } from "./env.ts";
import { createJobRunner, type JobRunner } from "./jobs/create-job-runner.ts";
import { lockDataFolder } from "./lock-data-folder.ts";
import { pairDataFolder } from "./pair-data-folder.ts";
import { createPools } from "./pools.ts";
import type { Runtime } from "./runtime.ts";
import { ensureDefaultCollection } from "./services/collections/ensure-default-collection.ts";
import { createFileStore } from "./storage/create-file-store.ts";

/**
 * Opens everything on `env.dataFolder` and starts the job runner.
 * @throws InkformError `conflict` where another server has the folder or the database goes with another folder, `unavailable` where the database does not open.
 */
export async function openRuntime(env: Env): Promise<Runtime> {
  const lock = await lockDataFolder(env.dataFolder);
  try {
    const blobs = await createFileStore(join(env.dataFolder, "blobs"));
    const database = await openDatabase({
      url: env.databaseUrl,
      folder: join(env.dataFolder, "db"),
      migrations: join(env.root, "prisma", "migrations"),
    });
    if (database.kind === "server") {
      try {
        await pairDataFolder(env.dataFolder, database);
      } catch (error) {
        await database.close();
        throw error;
      }
    }
    const pools = createPools(env);
    let jobs: JobRunner | undefined;
    const runtime: Runtime = {
      env,
      database,
      blobs,
      pools,
      get jobs() {
        jobs ??= createJobRunner({ database, registrations: createRegistrations(runtime) });
        return jobs;
      },
      async close() {
        await runtime.jobs.shutdown();
        await pools.close();
        await database.close();
        await lock.release();
      },
    };
    await ensureDefaultCollection(database.client);
    await runtime.jobs.start();
    return runtime;
  } catch (error) {
    await lock.release();
    throw error;
  }
}
