// The benches start the built app in the same way, and may not import from the tests.
export { startServer, type TestServer } from "../../scripts/support/start-server.ts";
