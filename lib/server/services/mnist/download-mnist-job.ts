import { z } from "zod";
import { defineJob } from "../../jobs/job-definition.ts";

/** Fetches MNIST's four files. */
export const downloadMnistJob = defineJob({
  kind: "download-mnist",
  version: 1,
  payload: z.strictObject({}),
  maxAttempts: 2,
  lane: "light",
});
