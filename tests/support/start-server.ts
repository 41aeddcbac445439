import { startServer, type TestServer } from "../../scripts/support/start-server.ts";
import { findDatabaseTemplate } from "./find-database-template.ts";

// The benches start the built app in the same way, and may not import from the tests.
export { startServer, type TestServer };

/** A server on a data folder whose database is there already, empty: without one a start takes more than twice as long. */
export async function startEmptyServer(env: Record<string, string> = {}): Promise<TestServer> {
  return startServer(env, await findDatabaseTemplate());
}
