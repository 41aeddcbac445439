import { z } from "zod";
import { idSchema } from "../../../contracts/common.ts";
import { defineJob } from "../../jobs/job-definition.ts";

/** Trains networks on a collection's labels, each without some writers, and flags labels that they contradict. */
export const findLabelErrorsJob = defineJob({
  kind: "find-label-errors",
  version: 1,
  payload: z.strictObject({ collectionId: idSchema }),
  maxAttempts: 3,
  lane: "train",
});
