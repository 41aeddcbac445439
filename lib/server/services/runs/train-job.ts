import { z } from "zod";
import { defineJob } from "../../jobs/job-definition.ts";

/** Trains a run's network. Tried often: each try goes on from the last checkpoint. */
export const trainJob = defineJob({
  kind: "train",
  version: 1,
  payload: z.strictObject({ runId: z.string() }),
  maxAttempts: 10,
  lane: "train",
});
