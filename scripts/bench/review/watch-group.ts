import { readdirSync, readFileSync } from "node:fs";

const EVERY_MS = 1000;
const PAGE_BYTES = 4096;
/** Linux counts processor time in hundredths of a second for programs. */
const TICK_MS = 10;

export interface GroupUse {
  readonly firstBytes: number;
  readonly mostBytes: number;
  readonly cpuMs: number;
}

/** Watches the resident memory and the processor time of a process and its group; all 0 where there is no /proc. */
export function watchGroup(group: number): { stop(): GroupUse } {
  const first = readGroup(group);
  let mostBytes = first.bytes;
  const timer = setInterval(() => {
    mostBytes = Math.max(mostBytes, readGroup(group).bytes);
  }, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return { firstBytes: first.bytes, mostBytes, cpuMs: readGroup(group).cpuMs - first.cpuMs };
    },
  };
}

function readGroup(group: number): { bytes: number; cpuMs: number } {
  let pids: string[] = [];
  try {
    pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    // No Linux.
  }
  let [bytes, cpuMs] = [0, 0];
  for (const pid of pids) {
    try {
      // Behind the name in brackets: state, parent, group, ...; user and system time are the 12th and 13th, resident pages the 22nd.
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      if (Number(fields[2]) !== group) continue;
      bytes += Number(fields[21]) * PAGE_BYTES;
      cpuMs += (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    } catch {
      // It has ended since.
    }
  }
  return { bytes, cpuMs };
}
