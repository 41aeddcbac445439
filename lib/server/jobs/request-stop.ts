import type { Tx } from "../db/database.ts";

/**
 * Asks a job to stop: a queued one is stopped at once, a running one is told (within a second, or at once by `runtime.jobs.wake()`) and ends as "stopped" when
 * its handler is through. An ended one is left alone.
 */
export async function requestStop(tx: Tx, jobId: string): Promise<void> {
  // One statement: between two, one that was running goes back into the queue (a shutdown, a try that failed), and neither would meet it.
  await tx.$executeRaw`UPDATE "Job" SET "stopRequested" = true,
      "finishedAt" = CASE WHEN "state" = 'queued' THEN now() END,
      "state" = CASE WHEN "state" = 'queued' THEN 'stopped'::"JobState" ELSE "state" END
    WHERE "id" = ${jobId} AND "state" IN ('queued', 'running')`;
}
