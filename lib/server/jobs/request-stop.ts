import type { Tx } from "../db/database.ts";

/**
 * Asks a job to stop: a queued one is stopped at once, a running one is told (within a second, or at once by `runtime.jobs.wake()`) and ends as "stopped" when
 * its handler is through. An ended one is left alone.
 */
export async function requestStop(tx: Tx, jobId: string): Promise<void> {
  await tx.job.updateMany({
    where: { id: jobId, state: "queued" },
    data: { state: "stopped", finishedAt: new Date(), stopRequested: true },
  });
  await tx.job.updateMany({ where: { id: jobId, state: "running" }, data: { stopRequested: true } });
}
