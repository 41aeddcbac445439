import { execFile } from "node:child_process";
import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const FOLDER = join(import.meta.dirname, "../../../build/bench/tfjs");
const VERSION = "4.22.0";
const PACKAGES = ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"];

const run = promisify(execFile);

/**
 * Installs tfjs beside the project, not into it, unless it is there: only this bench needs it.
 * @returns the folder
 * @throws Error where npm cannot get it
 */
export async function installTfjs(): Promise<string> {
  const done = join(FOLDER, `installed-${VERSION}`);
  try {
    await access(done);
    return FOLDER;
  } catch {
    await mkdir(FOLDER, { recursive: true });
  }
  const manifest = { private: true, dependencies: Object.fromEntries(PACKAGES.map((name) => [name, VERSION])) };
  await writeFile(join(FOLDER, "package.json"), JSON.stringify(manifest));
  await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: FOLDER, timeout: 300_000 });
  await writeFile(done, "");
  return FOLDER;
}
