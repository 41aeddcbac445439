/**
 * The server: Node's http before Next, so that requests of other sites are refused before anything else sees them. `--dev` for development. Settings: lib/server/env.ts.
 * Exit code 0 after SIGINT or SIGTERM, 1 where it cannot start.
 */
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { isIP } from "node:net";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequestGuard } from "../lib/server/http/request-guard.mjs";
import { securityHeaders } from "../lib/server/http/security-headers.mjs";

const RUNTIME = Symbol.for("inkform.runtime");
const STOP_MS = 15_000;
/** What a user opens first, and what these pages then ask for. "mine" is the collection that every data folder begins with; without it a 404 loads the code as well. */
const FIRST_ROUTES = [
  "/",
  "/c/mine",
  "/c/mine/scans",
  "/api/collections",
  "/api/collections/mine",
  "/api/collections/mine/scans",
  "/c/mine/cards",
  "/c/mine/review",
  "/api/collections/mine/glyphs?limit=1",
  "/c/mine/datasets",
  "/c/mine/train",
  "/api/collections/mine/runs",
  "/draw",
];

const dev = process.argv.includes("--dev");
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
process.env.NODE_ENV = dev ? "development" : "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";
process.env.INKFORM_ROOT ||= root;
// The data folder is meant from where the user stands; what the program loads is found from its own folder.
process.env.INKFORM_DATA = resolve(process.env.INKFORM_DATA || "data");
process.chdir(root);

const port = Number(process.env.PORT || 3000);
const host = process.env.HOST || "127.0.0.1";
if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`PORT is "${process.env.PORT}": it must be a port number, 0 to 65535.`);

if (!dev && !existsSync(resolve(root, ".next", "BUILD_ID"))) fail("The app is not built yet. Run npm start, which builds it first.");

let server;
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void stop());

// First the port: where it is taken, nothing else needs to be opened. Until Next is ready, requests wait.
let handle;
let ready;
const prepared = new Promise((fulfil) => {
  ready = fulfil;
});
const guard = createRequestGuard({
  host,
  allowedHosts: (process.env.INKFORM_ALLOWED_HOSTS ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean),
});
const headers = Object.entries(securityHeaders({ dev }));

server = createServer(async (request, response) => {
  for (const [name, value] of headers) response.setHeader(name, value);
  const refusal = guard(request);
  if (refusal !== null) return refuse(request, response, refusal);
  if (handle === undefined) await prepared;
  await handle(request, response);
});
// A phone's upload of 200 MB over a slow net takes longer than Node's 5 minutes; the headers still have to come within one.
server.requestTimeout = 60 * 60_000;
server.headersTimeout = 60_000;
server.on("error", (error) => {
  if (error.code === "EADDRINUSE")
    fail(
      `Port ${port} on ${host} is in use by another program. Stop that one, or choose another port: PORT=${port === 3000 ? 3001 : port + 1} npm start`,
    );
  if (error.code === "EACCES") fail(`Port ${port} may not be used by this user. Choose one above 1023: PORT=3000 npm start`);
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") fail(`HOST is "${host}", which is no address of this machine.`);
  fail(error.message);
});
server.listen(port, host, () => void start());

async function start() {
  const actualPort = server.address().port;
  // Next and the runtime see the port that was really given where 0 was asked for.
  process.env.PORT = String(actualPort);
  const { default: next } = await import("next");
  const app = next({ dev, dir: root, hostname: host, port: actualPort, customServer: true });
  try {
    await app.prepare();
  } catch (error) {
    fail(`The server could not be prepared: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (dev)
    server.on("upgrade", (request, socket, head) =>
      guard(request) === null ? app.getUpgradeHandler()(request, socket, head) : socket.destroy(),
    );
  handle = app.getRequestHandler();
  ready();
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : isIP(host) === 6 ? `[${host}]` : host;
  const address = `http://${reachable}:${actualPort}`;
  await waitUntilAnswering(address);
  if (!stopping) console.log(`Inkform is ready at ${address}`);
  if (!dev) await warmUp(address);
}

/** Next loads a route's code at its first request, which then takes up to a second on a busy machine: so the first request is ours, one at a time. */
async function warmUp(address) {
  for (const path of FIRST_ROUTES) {
    if (stopping) return;
    const answer = await fetch(address + path).catch(() => null);
    await answer?.arrayBuffer().catch(() => null);
  }
}

async function waitUntilAnswering(address) {
  while (!stopping) {
    const answer = await fetch(`${address}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((fulfil) => setTimeout(fulfil, 50));
  }
}

function refuse(request, response, detail) {
  response.statusCode = 403;
  response.setHeader("connection", "close");
  response.setHeader("content-type", "application/problem+json");
  response.end(JSON.stringify({ type: "about:blank", title: "Refused", status: 403, detail, code: "forbidden" }));
  request.resume();
}

/** Lets requests end, puts running jobs back into the queue, closes the database. A second signal ends at once. */
async function stop() {
  if (stopping) process.exit(1);
  stopping = true;
  const forced = setTimeout(() => process.exit(1), STOP_MS);
  forced.unref();
  server.close();
  server.closeIdleConnections();
  try {
    await globalThis[RUNTIME]?.close();
    process.exit(0);
  } catch (error) {
    console.error("Inkform could not be closed in order; what was acknowledged is safe.", error);
    process.exit(1);
  }
}

function fail(message) {
  console.error(`Inkform cannot start. ${message}`);
  process.exit(1);
}
