import { InkformError } from "../core/inkform-error.ts";
import type { Database } from "./db/database.ts";
import type { Env } from "./env.ts";
import type { JobRunner } from "./jobs/create-job-runner.ts";
import type { Pools } from "./pools.ts";
import type { BlobStore } from "./storage/blob-store.ts";

/** Everything with a side effect that services may use. One for a process; services take it as their first argument. */
export interface Runtime {
  readonly env: Env;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly jobs: JobRunner;
  readonly pools: Pools;
  /** Stops jobs (they go back into the queue), ends the child processes, closes the database, frees the data folder. */
  close(): Promise<void>;
}

/** On `globalThis`, because Next bundles instrumentation and routes apart: a module's own variable would be there twice. */
const KEY = Symbol.for("inkform.runtime");
type Holder = { [KEY]?: Runtime };

/** @throws InkformError `unavailable` before the server has opened it. */
export function getRuntime(): Runtime {
  const runtime = (globalThis as Holder)[KEY];
  if (runtime === undefined)
    throw new InkformError("unavailable", "The server is still starting, or it is stopping. Try again in a few seconds.");
  return runtime;
}

/** For whoever opens or closes it: `openRuntime`'s caller. */
export function setRuntime(runtime: Runtime | undefined): void {
  (globalThis as Holder)[KEY] = runtime;
}
