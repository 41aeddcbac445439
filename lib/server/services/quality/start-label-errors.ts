import type { QualityView } from "../../../contracts/quality.ts";
import { enqueueJob } from "../../jobs/enqueue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { findLabelErrorsJob } from "./find-label-errors-job.ts";
import { findCollectionJob, getQuality } from "./get-quality.ts";

/** Starts a look for label errors, unless one waits or runs. @throws InkformError `not-found` */
export async function startLabelErrors(runtime: Runtime, slug: string): Promise<QualityView> {
  const collectionId = await getCollectionId(runtime.database.client, slug);
  await runtime.database.transaction(async (tx) => {
    // Two clicks at once: the second waits for the first one's job to be seen.
    await tx.$executeRaw`SELECT "id" FROM "Collection" WHERE "id" = ${collectionId} FOR UPDATE`;
    if ((await findCollectionJob(tx, findLabelErrorsJob.kind, collectionId)) === null)
      await enqueueJob(tx, findLabelErrorsJob, { collectionId });
  });
  runtime.jobs.wake();
  return getQuality(runtime.database.client, slug);
}
