import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { POOLS } from "../../../lib/server/pools.ts";
import { heapFlags } from "../../../lib/server/threads/heap-flags.ts";
import { type Report, round } from "../bench-line.ts";
import { markdownTable } from "../markdown-table.ts";

const ROOT = join(import.meta.dirname, "../../..");
const CHILD = join(ROOT, "build/bench/memory-child.mjs");
const NETWORKS = ["800", "2500,2000,1500,1000,500"];
const WORKS = { steps: "training alone", job: "with checkpoints and the model's file" } as const;
const MB = 1e6;

const run = promisify(execFile);

/**
 * Peak resident memory of a process that reads MNIST's 60,000 and trains, less that of a process that loads the same program and does nothing,
 * against weights, momentum and data in bytes.
 * @returns a table
 */
export async function measureMemory(folder: string, report: Report): Promise<string> {
  // Bundled and started as the app's own training processes are: no TypeScript loader takes part in the measurement.
  await build({
    absWorkingDir: ROOT,
    entryPoints: [join(import.meta.dirname, "memory-child.ts")],
    outfile: CHILD,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
  const idle = await measure([folder, "nothing"]);
  const rows: string[][] = [];
  for (const layers of NETWORKS) {
    for (const [work, title] of Object.entries(WORKS)) {
      const { peak, needed } = await measure([folder, work, layers]);
      const used = peak - idle.peak;
      const name = `784-${layers.replaceAll(",", "-")}-10`;
      const figure = `memory, ${title}, ${name}, 60,000 images: peak less an idle process`;
      const nothing = { against: null, ratio: null };
      report({ figure, value: round(used / MB), unit: "MB", ...nothing });
      report({ figure: `${figure}, over weights + momentum + data`, value: round(used / needed), unit: "fraction", ...nothing });
      rows.push([name, title, ...[used, idle.peak, needed].map((bytes) => (bytes / MB).toFixed(0)), (used / needed).toFixed(2)]);
    }
  }
  return markdownTable(["memory", "of", "peak less idle, MB", "idle, MB", "weights + momentum + data, MB", "ratio"], rows);
}

async function measure(args: readonly string[]): Promise<{ peak: number; needed: number }> {
  const { stdout } = await run(process.execPath, [...heapFlags(POOLS.train), CHILD, ...args]);
  return JSON.parse(stdout) as { peak: number; needed: number };
}
