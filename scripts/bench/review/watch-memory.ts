import { readdirSync, readFileSync } from "node:fs";

const EVERY_MS = 1000;
const PAGE_BYTES = 4096;

/** Watches the resident memory of a process and its group; where there is no /proc, it sees none. */
export function watchMemory(group: number): { stop(): { firstBytes: number; mostBytes: number } } {
  const firstBytes = readGroupBytes(group);
  let mostBytes = firstBytes;
  const timer = setInterval(() => {
    mostBytes = Math.max(mostBytes, readGroupBytes(group));
  }, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return { firstBytes, mostBytes };
    },
  };
}

function readGroupBytes(group: number): number {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .reduce((sum, pid) => sum + readBytes(pid, group), 0);
  } catch {
    return 0;
  }
}

function readBytes(pid: string, group: number): number {
  try {
    // Behind the name in brackets: state, parent, group, ...; resident pages are the 22nd.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return Number(fields[2]) === group ? Number(fields[21]) * PAGE_BYTES : 0;
  } catch {
    // It has ended since.
    return 0;
  }
}
