import type { RunView } from "../../../contracts/runs.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { requestStop } from "../../jobs/request-stop.ts";
import type { Runtime } from "../../runtime.ts";
import { getRun } from "./get-run.ts";

/** Asks a training to stop: what it has is kept as the run's model, and the run can be resumed. One that has ended is left alone. @throws InkformError `not-found` */
export async function stopRun(runtime: Runtime, id: string): Promise<RunView> {
  await runtime.database.transaction(async (tx) => {
    const run = await tx.run.findUnique({ where: { id }, select: { jobId: true } });
    if (run === null) throw new InkformError("not-found", `There is no run ${id}.`);
    await requestStop(tx, run.jobId);
  });
  runtime.jobs.wake();
  return getRun(runtime.database.client, id, 0);
}
