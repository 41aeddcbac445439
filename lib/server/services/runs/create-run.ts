import type { z } from "zod";
import type { createRunSchema, RunView } from "../../../contracts/runs.ts";
import { checkNeedsNoValidation } from "../../../train/check-needs-no-validation.ts";
import { newId } from "../../db/new-id.ts";
import { toJson } from "../../db/to-json.ts";
import { enqueueJob } from "../../jobs/enqueue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { chooseTrainingData } from "./choose-training-data.ts";
import { getRun } from "./get-run.ts";
import { takeRunNumber } from "./take-run-number.ts";
import { trainJob } from "./train-job.ts";

/**
 * Starts a training of the collection: on one of its data set versions, whose classes it takes, or on MNIST alone ("mnist").
 * @throws InkformError `not-found`, `unavailable` (MNIST is not here), `invalid-argument` (a data set of one class; early stopping or the best
 *   weights without a validation split)
 */
export async function createRun(runtime: Runtime, slug: string, input: z.infer<typeof createRunSchema>): Promise<RunView> {
  const collectionId = await getCollectionId(runtime.database.client, slug);
  const { hasValidation, ...data } = await chooseTrainingData(runtime, collectionId, input.dataset);
  if (!hasValidation) checkNeedsNoValidation(input.settings);
  const id = newId();
  await runtime.database.transaction(async (tx) => {
    const number = await takeRunNumber(tx, collectionId);
    const jobId = await enqueueJob(tx, trainJob, { runId: id });
    await tx.run.create({
      data: { id, collectionId, number, ...data, settings: toJson(input.settings), jobId },
    });
  });
  runtime.jobs.wake();
  return getRun(runtime.database.client, id, 0);
}
