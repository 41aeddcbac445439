import { InkformError } from "../../core/inkform-error.ts";
import type { Tx } from "../db/database.ts";

/**
 * Puts a failed or stopped job back into the queue with all its tries (retry a scan, resume a training). One that is queued or running is left alone.
 * @throws InkformError `conflict` where it is done.
 */
export async function requeueJob(tx: Tx, jobId: string): Promise<void> {
  const { count } = await tx.job.updateMany({
    where: { id: jobId, state: { in: ["failed", "stopped"] } },
    data: {
      state: "queued",
      attempts: 0,
      interruptions: 0,
      runAfter: new Date(0),
      failure: null,
      stopRequested: false,
      finishedAt: null,
      fraction: 0,
      message: "",
    },
  });
  if (count === 1) return;
  const job = await tx.job.findUnique({ where: { id: jobId }, select: { state: true } });
  if (job?.state === "done") throw new InkformError("conflict", "This job is done; there is nothing to try again.");
}
