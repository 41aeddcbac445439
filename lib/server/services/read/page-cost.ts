import { readFileSync } from "node:fs";
import { cpuMs, type StageTime } from "./stage-clock.ts";

/** What a page took of the process that read it. */
export interface PageCost {
  readonly stages: readonly StageTime[];
  readonly pid: number;
  /** Processor time of the process from its start to the end of this page. */
  readonly processCpuMs: number;
  /** Resident memory at the end of this page, and the most since the process began. */
  readonly rssBytes: number;
  readonly peakRssBytes: number;
}

/** The cost of a page that has just been read, seen from within. */
export function measurePageCost(stages: readonly StageTime[]): PageCost {
  return { stages, pid: process.pid, processCpuMs: cpuMs(), rssBytes: process.memoryUsage.rss(), peakRssBytes: peakRss() };
}

/** Linux counts a program's own peak in `VmHWM`; getrusage's, elsewhere, may include the program that started it. */
function peakRss(): number {
  try {
    const line = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
    if (line) return 1024 * Number(line[1]);
  } catch {
    // No such file: not Linux.
  }
  return 1024 * process.resourceUsage().maxRSS;
}
