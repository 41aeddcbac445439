/**
 * What `npm start` and `npm test` share: from a fresh clone with nothing but Node to a built project. Plain JavaScript, because
 * it runs before TypeScript is there. Every step is skipped when its inputs have not changed since it last succeeded.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const STAMPS = join(ROOT, "build", "stamps");
const MINIMUM_NODE = [20, 19];

/** Ends the process with an explanation when Node is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  console.error(`Inkform needs Node ${MINIMUM_NODE.join(".")} or later; this is ${process.versions.node}. See https://nodejs.org.`);
  process.exit(1);
}

/**
 * Runs a program. Its output goes to the terminal as it comes, or, where `quiet`, only if it fails, or, with `after`, not before that has come about: of two programs at once
 * the second one's lines then follow the first one's. `niceness`: as of nice(1), 0 unless told.
 * @param {{ env?: Record<string, string>, quiet?: boolean, after?: Promise<unknown>, niceness?: number }} options
 * @returns {Promise<void>} rejects with the command and exit code when it fails.
 */
export function run(command, args, { env = {}, quiet = false, after, niceness = 0 } = {}) {
  return new Promise((fulfil, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: quiet || after ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    if (niceness > 0 && child.pid !== undefined) setPriority(child.pid, niceness);
    let kept = [];
    const take = (chunk) => (kept === null ? process.stdout.write(chunk) : kept.push(chunk));
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    after?.then(() => {
      process.stdout.write(Buffer.concat(kept));
      kept = null;
    });
    child.on("error", reject);
    child.on("close", async (code, signal) => {
      await after;
      if (code === 0) return fulfil();
      process.stderr.write(Buffer.concat(kept ?? []));
      reject(new Error(`${command} ${args.join(" ")} ended with ${signal ?? code}`));
    });
  });
}

/** Runs a script of Node's own, so that no shell and no PATH is needed. */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

/** SHA-256 over names and contents of files below `paths` (files or folders, relative to the root). */
export function hashFiles(paths) {
  const hash = createHash("sha256");
  const visit = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (name !== "generated" && name !== "node_modules") visit(join(path, name));
    } else
      hash
        .update(`${relative(ROOT, path)}\0`)
        .update(readFileSync(path))
        .update("\0");
  };
  for (const path of paths) visit(join(ROOT, path));
  return hash.digest("hex");
}

/** Does `work` unless `stamp` says that it was done for the same `key` and `outputs` are still there. */
export async function once(stamp, key, outputs, work) {
  const file = join(STAMPS, stamp);
  const done = existsSync(file) && readFileSync(file, "utf8") === key;
  if (done && outputs.every((output) => existsSync(join(ROOT, output)))) return;
  await work();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(file, key);
}

/**
 * Installs the packages of package-lock.json, by `npm install`: `npm ci` refuses locks in which packages of other platforms are missing.
 * @param {{ development: boolean }} options whether test tools are wanted too; an install that has them serves both.
 */
export async function ensureInstalled({ development }) {
  const key = hashFiles(["package.json", "package-lock.json"]);
  const stamp = join(ROOT, "node_modules", ".inkform-stamp");
  const installed = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  if (installed === `${key} all` || (installed === `${key} production` && !development)) return;
  console.error("Installing packages (a minute or two the first time) ...");
  const npm = process.env.npm_execpath;
  const args = ["install", "--no-audit", "--no-fund", "--loglevel=error", ...(development ? ["--include=dev"] : ["--omit=dev"])];
  if (npm?.endsWith("npm-cli.js")) await runNode([npm, ...args]);
  else await run(process.platform === "win32" ? "npm.cmd" : "npm", args);
  // npm may have completed the lock for this platform: the stamp is of what is there now.
  writeFileSync(stamp, `${hashFiles(["package.json", "package-lock.json"])} ${development ? "all" : "production"}`);
}

/** Generates the database client, compiles the kernels and bundles the entries of child processes. */
export async function ensureGenerated() {
  await once("generate", hashFiles(["prisma", "package-lock.json", "scripts/generate-client.mjs"]), ["lib/server/db/generated"], () =>
    runNode(["scripts/generate-client.mjs"], { quiet: true }),
  );
  await runNode(["scripts/build-threads.mjs"]);
}

/** Builds the app for production. */
export async function ensureBuilt() {
  const key = hashFiles([
    "app",
    "lib",
    "prisma",
    "next.config.ts",
    "instrumentation.ts",
    "postcss.config.mjs",
    "package-lock.json",
    "tsconfig.json",
  ]);
  await once("next", key, [".next/BUILD_ID"], async () => {
    console.error("Building the app (about half a minute) ...");
    await runNode([join("node_modules", "next", "dist", "bin", "next"), "build"], { env: { NEXT_TELEMETRY_DISABLED: "1" }, quiet: true });
  });
}
