import type { z } from "zod";
import type { demoStartedSchema } from "../../../contracts/runs.ts";
import { enqueueJob } from "../../jobs/enqueue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { createDemoCollection } from "./create-demo-collection.ts";
import { demoJob } from "./demo-job.ts";

/** Makes a fresh collection and starts the demo on it; while one is under way, answers that one. */
export async function startDemo(runtime: Runtime): Promise<z.infer<typeof demoStartedSchema>> {
  const underWay = await runtime.database.client.job.findFirst({
    where: { kind: demoJob.kind, state: { in: ["queued", "running"] } },
    orderBy: { id: "asc" },
    select: { id: true, payload: true },
  });
  if (underWay !== null) return { collection: demoJob.payload.parse(underWay.payload).slug, jobId: underWay.id };
  const { slug, result: jobId } = await createDemoCollection(runtime, (tx, name) => enqueueJob(tx, demoJob, { slug: name }));
  runtime.jobs.wake();
  return { collection: slug, jobId };
}
