import { z } from "zod";
import { idSchema } from "../../../contracts/common.ts";
import { readAgainSchema } from "../../../contracts/scans.ts";
import { defineJob } from "../../jobs/job-definition.ts";

/** Reads one page of a scan again, with what a person said about it. */
export const readPageJob = defineJob({
  kind: "read-page",
  version: 1,
  payload: z.strictObject({ pageId: idSchema, request: readAgainSchema }),
  maxAttempts: 3,
  lane: "read",
});
