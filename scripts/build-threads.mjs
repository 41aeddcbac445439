/**
 * Bundles the entries of child processes, lib/server/threads/*.worker.ts, into build/threads/*.mjs: they start from files outside
 * Next's bundle, without a TypeScript loader. Packages stay outside the bundle, but zod. And the entries of a browser's workers,
 * lib/train/tab/*.worker.ts, with all they need into public/workers/*.js, which the app serves as they are. Skipped when nothing has changed.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashFiles, once, ROOT } from "./support/bootstrap.mjs";

const NODE = { folder: "lib/server/threads", outdir: "build/threads", ending: ".mjs" };
const BROWSER = { folder: "lib/train/tab", outdir: "public/workers", ending: ".js" };

// The bundles hold the compiled kernels.
await import("./build-kernels.mjs");

const outputs = [NODE, BROWSER].flatMap(({ folder, outdir, ending }) => listEntries(folder).map((name) => `${outdir}/${name}${ending}`));

await once("threads", hashFiles(["lib", "package-lock.json", "scripts/build-threads.mjs"]), outputs, async () => {
  const { build } = await import("esbuild");
  const common = { absWorkingDir: ROOT, bundle: true, sourcemap: "linked", logLevel: "warning" };
  await build({
    ...common,
    ...files(NODE),
    outExtension: { ".js": NODE.ending },
    external: packagesOutside(),
    platform: "node",
    format: "esm",
    target: "node20",
  });
  await build({ ...common, ...files(BROWSER), minify: true, platform: "browser", format: "iife", target: "es2022" });
});

/** Names of a folder's entries, without their ending. */
function listEntries(folder) {
  return readdirSync(join(ROOT, folder)).flatMap((name) => (name.endsWith(".worker.ts") ? [name.slice(0, -".worker.ts".length)] : []));
}

/** All but zod: of its many files, loaded one by one at every start of a process, only a few are needed. */
function packagesOutside() {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  return Object.keys(dependencies).flatMap((name) => (name === "zod" ? [] : [name, `${name}/*`]));
}

function files({ folder, outdir }) {
  return { outdir, entryPoints: Object.fromEntries(listEntries(folder).map((name) => [name, join(folder, `${name}.worker.ts`)])) };
}
