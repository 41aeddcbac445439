import * as bench from "../../scripts/support/start-server.ts";
import { findDatabaseTemplate } from "./find-database-template.ts";
import { SHORT_LIVED } from "./short-lived.ts";

export type { TestServer } from "../../scripts/support/start-server.ts";

/** The built app as the benches start it, which may not import from the tests. @param from a data folder whose copy it begins with */
export function startServer(env: Record<string, string> = {}, from?: string): Promise<bench.TestServer> {
  return bench.startServer(env, { from, flags: SHORT_LIVED });
}

/** A server on a data folder whose database is there already, empty: without one a start takes more than twice as long. */
export async function startEmptyServer(env: Record<string, string> = {}): Promise<bench.TestServer> {
  return startServer(env, await findDatabaseTemplate());
}
