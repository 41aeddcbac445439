import { z } from "zod";
import { idSchema } from "../../../contracts/common.ts";
import { defineJob } from "../../jobs/job-definition.ts";

/** Estimates a collection's labels and sources from all that was said. */
export const fuseCollectionJob = defineJob({
  kind: "fuse-labels",
  version: 1,
  payload: z.strictObject({ collectionId: idSchema }),
  maxAttempts: 3,
  lane: "light",
});
