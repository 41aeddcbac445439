import { z } from "zod";
import { slugSchema } from "../../../contracts/common.ts";
import { defineJob } from "../../jobs/job-definition.ts";

/** Takes a demo collection through the whole loop. Waits for jobs of other lanes, so it must not stand in theirs. */
export const demoJob = defineJob({
  kind: "demo",
  version: 1,
  payload: z.strictObject({ slug: slugSchema }),
  maxAttempts: 5,
  lane: "light",
});
