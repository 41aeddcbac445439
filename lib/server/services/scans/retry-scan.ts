import type { ScanView } from "../../../contracts/scans.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { requeueJob } from "../../jobs/requeue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { getScan } from "./list-scans.ts";

/** Queues a scan that failed or was stopped once more; pages that were read stay. @throws InkformError `not-found`, `conflict` where it was read. */
export async function retryScan(runtime: Runtime, scanId: string): Promise<ScanView> {
  const scan = await runtime.database.client.scan.findUnique({ where: { id: scanId }, select: { jobId: true } });
  if (scan === null) throw new InkformError("not-found", `There is no scan ${scanId}; it may have been deleted.`);
  await runtime.database.transaction((tx) => requeueJob(tx, scan.jobId));
  runtime.jobs.wake();
  return getScan(runtime, scanId);
}
