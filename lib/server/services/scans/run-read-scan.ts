import { handleJob, type JobRegistration } from "../../jobs/job-handler.ts";
import type { Runtime } from "../../runtime.ts";
import type { ReadRequest } from "../../threads/read.worker.ts";
import { getClassifier } from "../models/get-classifier.ts";
import type { ScanPage } from "../read/read-scan.ts";
import { readScanJob } from "./read-scan-job.ts";
import { storePage } from "./store-page.ts";

/** Reads a scan in a child process and stores each page as it comes; a try after a kill goes on with the pages that are not there yet. */
export function handleReadScan(runtime: Runtime): JobRegistration {
  return handleJob(readScanJob, async ({ payload, signal, progress }) => {
    const scan = await runtime.database.client.scan.findUnique({
      where: { id: payload.scanId },
      select: { id: true, collectionId: true, fileName: true, sha256: true, pages: { select: { number: true, parts: true } } },
    });
    // Deleted before it was read.
    if (scan === null) return;
    // Of a picture with several cards all must be there; else it is read again, and those that are there are not stored twice.
    const there = scan.pages
      .filter(({ number, parts }) => scan.pages.filter((page) => page.number === number).length === parts)
      .map(({ number }) => number);
    const model = await getClassifier(runtime);
    const request: ReadRequest = { name: scan.fileName, bytes: await runtime.blobs.get(scan.sha256), model: model.bytes, skipPages: there };
    progress(0, "Opening the file");
    for await (const page of runtime.pools.pool<ReadRequest, ScanPage>("read").run(request, { signal })) {
      if (signal.aborted) return;
      await storePage(runtime, scan, page, model.id);
      progress(page.number / page.pageCount, `Page ${page.number} of ${page.pageCount} is done`);
    }
  });
}
