import { z } from "zod";
import { idSchema } from "../../../contracts/common.ts";
import { defineJob } from "../../jobs/job-definition.ts";

/** Reads a scan's pages. */
export const readScanJob = defineJob({
  kind: "read-scan",
  version: 1,
  payload: z.strictObject({ scanId: idSchema }),
  maxAttempts: 3,
  lane: "read",
});
