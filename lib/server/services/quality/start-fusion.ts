import type { QualityView } from "../../../contracts/quality.ts";
import { enqueueJob } from "../../jobs/enqueue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { fuseCollectionJob } from "./fuse-collection-job.ts";
import { findFusionJob, getQuality } from "./get-quality.ts";

/** Starts an estimate, unless one waits or runs. @throws InkformError `not-found` */
export async function startFusion(runtime: Runtime, slug: string): Promise<QualityView> {
  const collectionId = await getCollectionId(runtime.database.client, slug);
  await runtime.database.transaction(async (tx) => {
    // Two clicks at once: the second waits for the first one's job to be seen.
    await tx.$executeRaw`SELECT "id" FROM "Collection" WHERE "id" = ${collectionId} FOR UPDATE`;
    if ((await findFusionJob(tx, collectionId)) === null) await enqueueJob(tx, fuseCollectionJob, { collectionId });
  });
  runtime.jobs.wake();
  return getQuality(runtime.database.client, slug);
}
