import { byHandSchema, type ReadAgain } from "../../../contracts/scans.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { ByHand } from "../../../pipeline/locate-by-hand.ts";
import { handleJob, type JobRegistration } from "../../jobs/job-handler.ts";
import type { Runtime } from "../../runtime.ts";
import type { ReadRequest } from "../../threads/read.worker.ts";
import { getClassifier } from "../models/get-classifier.ts";
import type { ScanPage } from "../read/read-scan.ts";
import { readPageJob } from "./read-page-job.ts";
import { replaceReading } from "./replace-reading.ts";
import { toByHand } from "./to-by-hand.ts";

/** Reads one page of a stored file again in a child process and puts the new reading in the old one's place; a try after a kill finds it done, or does it anew. */
export function handleReadPage(runtime: Runtime): JobRegistration {
  return handleJob(readPageJob, async ({ jobId, payload: { pageId, request }, signal, progress }) => {
    const page = await runtime.database.client.page.findUnique({
      where: { id: pageId },
      select: {
        number: true,
        part: true,
        parts: true,
        byHand: true,
        readByJobId: true,
        scan: { select: { fileName: true, sha256: true } },
      },
    });
    // Deleted meanwhile, or stored just before a kill.
    if (page === null || page.readByJobId === jobId) return;
    progress(0.1, "Opening the file");
    const model = await getClassifier(runtime);
    const { number, part, parts, scan } = page;
    const byHand = saidNow(request, page.byHand);
    const task: ReadRequest = {
      name: scan.fileName,
      bytes: await runtime.blobs.get(scan.sha256),
      model: model.bytes,
      skipPages: [],
      only: { number, part, parts, ...(byHand && { byHand }) },
    };
    progress(0.3, "Reading the page");
    let read: ScanPage | null = null;
    for await (const result of runtime.pools.pool<ReadRequest, ScanPage>("read").run(task, { signal })) read = result;
    if (signal.aborted) return;
    if (read === null) throw new InkformError("invalid-file", `${scan.fileName} has no page ${number} any more.`);
    progress(0.9, "Storing what was read");
    const refusal = await replaceReading(runtime, { pageId, jobId, request, page: read, model: model.id });
    // Final, and shown with the page: what was there before stays.
    if (refusal !== null) throw new InkformError("conflict", refusal);
  });
}

/** What this request says; a decision alone (use this one instead) keeps the corners and the code given before. */
function saidNow({ corners, code, duplicate, readHere }: ReadAgain, stored: unknown): ByHand | null {
  const decisionAlone = corners === undefined && code === undefined && (duplicate !== undefined || readHere !== undefined);
  return toByHand(decisionAlone ? byHandSchema.nullable().parse(stored) : { corners, code });
}
