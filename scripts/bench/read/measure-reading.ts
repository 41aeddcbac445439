import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PageCost } from "../../../lib/server/services/read/page-cost.ts";
import { readFiles } from "../../../lib/server/services/read/read-files.ts";
import { createResultWriter, type ResultPage } from "../../../lib/server/services/read/result-writer.ts";

/** A run of the reader over some files, from the first file opened to the result written. */
export interface ReadingRun {
  readonly pages: number;
  readonly read: number;
  readonly glyphs: number;
  readonly wallMs: number;
  /** Writing the result, waiting included: it goes on beside the reading. */
  readonly writeMs: number;
  /** Processor time of the children and of this process. */
  readonly cpuMs: number;
  /** Of it, this process's: taking the pages in, writing them. */
  readonly ownCpuMs: number;
  /** In the order in which pages were done, with the time since the run began. */
  readonly costs: readonly (PageCost & { readonly atMs: number })[];
  /** Resident memory of this process at the end. */
  readonly ownRssBytes: number;
}

/** Reads `count` pages, the files round robin, as `npm run read -- ... --threads N` does, with previews as the app makes them. */
export async function measureReading(
  paths: readonly string[],
  { count, threads, model }: { count: number; threads: number; model: Uint8Array },
): Promise<ReadingRun> {
  const folder = await mkdtemp(join(tmpdir(), "inkform-read-"));
  let writeMs = 0;
  const costs: (PageCost & { atMs: number })[] = [];
  const usage = process.cpuUsage();
  const startedAt = performance.now();
  try {
    const files = Array.from({ length: count }, (_, i) => paths[i % paths.length]!);
    const writer = await createResultWriter(folder);
    const write = async (page: ResultPage): Promise<void> => {
      const at = performance.now();
      await writer.add(page);
      writeMs += performance.now() - at;
    };
    const { pages, read } = await readFiles(files, {
      threads,
      model,
      root: process.cwd(),
      write,
      previews: true,
      measure: true,
      onPage: (_page, _done, cost) => {
        if (cost) costs.push({ ...cost, atMs: performance.now() - startedAt });
      },
    });
    const { glyphs } = await writer.finish();
    const endedAt = performance.now();
    const own = process.cpuUsage(usage);
    const ownCpuMs = (own.user + own.system) / 1000;
    return {
      pages,
      read,
      glyphs,
      wallMs: endedAt - startedAt,
      writeMs,
      cpuMs: ownCpuMs + childrenCpu(costs),
      ownCpuMs,
      costs,
      ownRssBytes: process.memoryUsage.rss(),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each child's processor time to the end of its last page, its start included. In this process (one thread) there is no child. */
function childrenCpu(costs: readonly PageCost[]): number {
  const last = new Map<number, number>();
  for (const { pid, processCpuMs } of costs) if (pid !== process.pid) last.set(pid, processCpuMs);
  return [...last.values()].reduce((sum, ms) => sum + ms, 0);
}
