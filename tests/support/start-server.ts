import * as bench from "../../scripts/support/start-server.ts";
import { findDatabaseTemplate } from "./find-database-template.ts";

export type { TestServer } from "../../scripts/support/start-server.ts";

/**
 * A test's server is gone after a minute: V8 optimizes the embedded database's wasm later, at fifty times its budget, and a start takes 3.8 instead of 5.0 s of processor time.
 */
const FLAGS = ["--wasm-tiering-budget=90000000"];

/** The built app as the benches start it, which may not import from the tests. @param from a data folder whose copy it begins with */
export function startServer(env: Record<string, string> = {}, from?: string): Promise<bench.TestServer> {
  return bench.startServer(env, { from, flags: FLAGS });
}

/** A server on a data folder whose database is there already, empty: without one a start takes more than twice as long. */
export async function startEmptyServer(env: Record<string, string> = {}): Promise<bench.TestServer> {
  return startServer(env, await findDatabaseTemplate());
}
