import type { z } from "zod";
import type { demoStartedSchema } from "../../../contracts/runs.ts";
import { isUniqueViolation } from "../../db/database-errors.ts";
import { newId } from "../../db/new-id.ts";
import { enqueueJob } from "../../jobs/enqueue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { demoJob } from "./demo-job.ts";

/** Makes a fresh collection (demo, demo-2, ...) and starts the demo on it; while one is under way, answers that one. */
export async function startDemo(runtime: Runtime): Promise<z.infer<typeof demoStartedSchema>> {
  const db = runtime.database.client;
  const underWay = await db.job.findFirst({
    where: { kind: demoJob.kind, state: { in: ["queued", "running"] } },
    orderBy: { id: "asc" },
    select: { id: true, payload: true },
  });
  if (underWay !== null) return { collection: demoJob.payload.parse(underWay.payload).slug, jobId: underWay.id };
  for (let number = 1; ; number++) {
    const slug = number === 1 ? "demo" : `demo-${number}`;
    if ((await db.collection.findUnique({ where: { slug }, select: { id: true } })) !== null) continue;
    const jobId = await tryToStart(runtime, slug, number === 1 ? "Demo" : `Demo ${number}`);
    if (jobId === null) continue;
    runtime.jobs.wake();
    return { collection: slug, jobId };
  }
}

/** @returns null where somebody else took the slug at the same moment */
async function tryToStart(runtime: Runtime, slug: string, name: string): Promise<string | null> {
  try {
    return await runtime.database.transaction(async (tx) => {
      await tx.collection.create({ data: { id: newId(), slug, name } });
      return enqueueJob(tx, demoJob, { slug });
    });
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}
