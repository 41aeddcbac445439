/**
 * Bundles the entries of child processes, lib/server/threads/*.worker.ts, into build/threads/*.mjs: they start from files outside
 * Next's bundle, without a TypeScript loader. Packages stay outside the bundle. Skipped when nothing has changed.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { hashFiles, once, ROOT } from "./support/bootstrap.mjs";

const FOLDER = "lib/server/threads";
const entries = readdirSync(join(ROOT, FOLDER)).filter((name) => name.endsWith(".worker.ts"));
const outputs = entries.map((name) => `build/threads/${name.replace(/\.worker\.ts$/, ".mjs")}`);

// The bundles hold the compiled kernels.
await import("./build-kernels.mjs");

await once("threads", hashFiles(["lib", "package-lock.json", "scripts/build-threads.mjs"]), outputs, async () => {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(entries.map((name) => [name.replace(/\.worker\.ts$/, ""), join(FOLDER, name)])),
    outdir: "build/threads",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "linked",
    logLevel: "warning",
  });
});
