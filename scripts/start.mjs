/** `npm start`: installs, prepares, builds and serves, each only where needed. */

import { spawn } from "node:child_process";
import { constants } from "node:os";
import { checkNode, ensureBuilt, ensureGenerated, ensureInstalled, ROOT } from "./support/bootstrap.mjs";

checkNode();
try {
  await ensureInstalled({ development: false });
  await ensureGenerated();
  await ensureBuilt();
} catch (error) {
  console.error(`Inkform could not be prepared: ${error.message}`);
  process.exit(1);
}

const server = spawn(process.execPath, ["scripts/serve.mjs"], {
  cwd: ROOT,
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: "production" },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
server.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
