import { cpSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { newId } from "../../lib/server/db/new-id.ts";
import { openDatabase } from "../../lib/server/db/open-database.ts";
import { parseEnv } from "../../lib/server/env.ts";
import { createJobRunner, type JobRunner } from "../../lib/server/jobs/create-job-runner.ts";
import type { JobRegistration } from "../../lib/server/jobs/job-handler.ts";
import { createPools } from "../../lib/server/pools.ts";
import type { Runtime } from "../../lib/server/runtime.ts";
import { createFileStore } from "../../lib/server/storage/create-file-store.ts";
import { findDatabaseTemplate } from "./find-database-template.ts";

/** The databases to test on: the embedded one always, a PostgreSQL server where TEST_DATABASE_URL names one. */
export const DATABASES: readonly ("embedded" | "server")[] = process.env.TEST_DATABASE_URL ? ["embedded", "server"] : ["embedded"];

/** The one of them that opens fastest, a tenth of a second against two: for tests of what does not depend on it, where others look at the same on both. */
export const FASTEST = DATABASES.at(-1)!;

export interface TestRuntime extends Runtime {
  /** Opens the same data again, as a server that was started anew. The first one must be closed. */
  reopen(): Promise<TestRuntime>;
  /** Closes and removes everything. */
  remove(): Promise<void>;
}

export interface TestRuntimeOptions {
  readonly database?: "embedded" | "server";
  readonly variables?: Readonly<Record<string, string>>;
  /** Handlers of the jobs that are to run; none unless told. */
  readonly registrations?: (runtime: Runtime) => readonly JobRegistration[];
}

/** A runtime of a test's own: data folder, database and jobs; with a collection "test". */
export async function openTestRuntime(options: TestRuntimeOptions = {}): Promise<TestRuntime> {
  const folder = await mkdtemp(join(tmpdir(), "inkform-"));
  const server = options.database === "server" ? await createServerDatabase() : null;
  // At once, in one go: through the thread pool each of a thousand files takes its turns.
  if (server === null) cpSync(await findDatabaseTemplate(), folder, { recursive: true });
  const runtime = await open(options, folder, server);
  await runtime.database.client.collection.create({ data: { id: newId(), slug: "test", name: "Test" } });
  return runtime;
}

interface ServerDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

async function open(options: TestRuntimeOptions, folder: string, server: ServerDatabase | null): Promise<TestRuntime> {
  const env = parseEnv({
    INKFORM_DATA: folder,
    INKFORM_ROOT: process.cwd(),
    ...(server && { DATABASE_URL: server.url }),
    ...options.variables,
  });
  const blobs = await createFileStore(join(folder, "blobs"));
  const database = await openDatabase({
    url: env.databaseUrl,
    folder: join(folder, "db"),
    migrations: join(env.root, "prisma", "migrations"),
  });
  const pools = createPools(env);
  let jobs: JobRunner | undefined;
  const close = async (): Promise<void> => {
    await jobs?.shutdown();
    await pools.close();
    await database.close();
  };
  const runtime: TestRuntime = {
    env,
    blobs,
    database,
    pools,
    get jobs() {
      if (jobs === undefined) throw new Error("the runner is not there yet");
      return jobs;
    },
    close,
    reopen: () => open(options, folder, server),
    async remove() {
      await close();
      await server?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  jobs = createJobRunner({ database, registrations: options.registrations?.(runtime) ?? [], log: () => undefined });
  await jobs.start();
  return runtime;
}

async function createServerDatabase(): Promise<ServerDatabase> {
  const url = new URL(process.env.TEST_DATABASE_URL ?? "");
  const name = `inkform_${newId()}`;
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await run(`CREATE DATABASE "${name}"`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => run(`DROP DATABASE "${name}" WITH (FORCE)`) };
}
