import type { RunView } from "../../../contracts/runs.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { requeueJob } from "../../jobs/requeue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { getRun } from "./get-run.ts";

/**
 * Lets a stopped or failed training go on from its last checkpoint, to the same weights as if it had never stopped. Its model stays what it is until then.
 * @throws InkformError `not-found`, `conflict` where it is done
 */
export async function resumeRun(runtime: Runtime, id: string): Promise<RunView> {
  await runtime.database.transaction(async (tx) => {
    const run = await tx.run.findUnique({ where: { id }, select: { jobId: true } });
    if (run === null) throw new InkformError("not-found", `There is no run ${id}.`);
    await requeueJob(tx, run.jobId);
  });
  runtime.jobs.wake();
  return getRun(runtime.database.client, id, 0);
}
