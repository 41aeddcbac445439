import type { MnistView } from "../../../contracts/datasets.ts";
import { enqueueJob } from "../../jobs/enqueue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { downloadMnistJob } from "./download-mnist-job.ts";
import { getMnist } from "./get-mnist.ts";

/** One at a time: PostgreSQL's advisory lock for "somebody looks whether a download is under way". Any number does, if no other lock has it. */
const LOCK = 4_857_001;

/** Starts the download, unless all files are here or one is under way. @returns MNIST as it is now */
export async function startMnistDownload(runtime: Runtime): Promise<MnistView> {
  const now = await getMnist(runtime);
  if (now.ready) return now;
  await runtime.database.transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK})`;
    const underWay = await tx.job.count({ where: { kind: downloadMnistJob.kind, state: { in: ["queued", "running"] } } });
    if (underWay === 0) await enqueueJob(tx, downloadMnistJob, {});
  });
  runtime.jobs.wake();
  return getMnist(runtime);
}
