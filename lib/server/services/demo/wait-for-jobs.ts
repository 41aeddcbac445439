import type { JobRow } from "../../jobs/view-job.ts";
import { JOB_COLUMNS } from "../../jobs/view-job.ts";
import type { Runtime } from "../../runtime.ts";

const POLL_MS = 250;

/**
 * Waits until jobs have ended.
 * @param watch told how they are, at every look
 * @throws the signal's reason where it is aborted before
 */
export async function waitForJobs(
  runtime: Runtime,
  ids: readonly string[],
  options: { signal: AbortSignal; watch?: (jobs: readonly JobRow[]) => void },
): Promise<JobRow[]> {
  while (true) {
    options.signal.throwIfAborted();
    const jobs = await runtime.database.client.job.findMany({ where: { id: { in: [...ids] } }, select: JOB_COLUMNS });
    options.watch?.(jobs);
    if (jobs.every((job) => job.state !== "queued" && job.state !== "running")) return jobs;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
