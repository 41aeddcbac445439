import { readFileSync } from "node:fs";

/** Linux counts in hundredths of a second, whatever its own clock's rate (USER_HZ). */
const MS_PER_TICK = 10;

/** Processor time that a process has taken, user and system, ms; null where it has ended or the system is not Linux. */
export function processCpuMs(pid: number): number | null {
  try {
    // After the program's name in brackets, which may hold anything: fields 14 and 15 of proc(5) are the 12th and 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)!.split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isFinite(ticks) ? ticks * MS_PER_TICK : null;
  } catch {
    return null;
  }
}
