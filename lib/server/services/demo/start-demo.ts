import type { z } from "zod";
import type { demoStartedSchema } from "../../../contracts/runs.ts";
import type { Queryable } from "../../db/database.ts";
import { enqueueJob } from "../../jobs/enqueue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { createDemoCollection } from "./create-demo-collection.ts";
import { demoJob } from "./demo-job.ts";

type Started = z.infer<typeof demoStartedSchema>;

/** PostgreSQL's advisory lock for "somebody looks whether a demo is under way": a number that no other lock has. */
const LOCK = 4_857_002;

/** Thrown out of the transaction that would have made a second one. */
class UnderWay extends Error {
  constructor(readonly started: Started) {
    super();
  }
}

/** Makes a fresh collection and starts the demo on it; while one is under way, answers that one. */
export async function startDemo(runtime: Runtime): Promise<Started> {
  try {
    const { slug, result: jobId } = await createDemoCollection(runtime, async (tx, name) => {
      // Two clicks at once: the second waits for the first one's job to be seen.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK})`;
      const underWay = await findUnderWay(tx);
      if (underWay !== null) throw new UnderWay(underWay);
      return enqueueJob(tx, demoJob, { slug: name });
    });
    runtime.jobs.wake();
    return { collection: slug, jobId };
  } catch (error) {
    if (error instanceof UnderWay) return error.started;
    throw error;
  }
}

async function findUnderWay(db: Queryable): Promise<Started | null> {
  const underWay = await db.job.findFirst({
    where: { kind: demoJob.kind, state: { in: ["queued", "running"] } },
    orderBy: { id: "asc" },
    select: { id: true, payload: true },
  });
  return underWay === null ? null : { collection: demoJob.payload.parse(underWay.payload).slug, jobId: underWay.id };
}
