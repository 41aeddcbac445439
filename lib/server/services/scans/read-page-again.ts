import type { PageView, ReadAgain } from "../../../contracts/scans.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { pageOfTypedCode } from "../../../page/page-of-typed-code.ts";
import type { Tx } from "../../db/database.ts";
import { toJson } from "../../db/to-json.ts";
import { enqueueJob } from "../../jobs/enqueue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { countPeoplesLabels } from "../pages/count-peoples-labels.ts";
import { getPage } from "../pages/get-page.ts";
import { readPageJob } from "./read-page-job.ts";

/**
 * Queues one page to be read again from the stored file, with a person's corners, code or decision. What is asked for is stored on the page. The same
 * request while it is under way (a second click) changes nothing.
 * @throws InkformError `not-found`; `invalid-argument` (a typed code that fails its check, a decision on what is no duplicate); `conflict` where the file's
 *   own reading or another request is under way, and where people's labels are concerned and `carryLabels` is not given
 */
export async function readPageAgain(runtime: Runtime, pageId: string, request: ReadAgain): Promise<PageView> {
  if (request.code !== undefined) pageOfTypedCode(request.code);
  await runtime.database.transaction((tx) => enqueue(tx, pageId, request));
  runtime.jobs.wake();
  return getPage(runtime, pageId);
}

async function enqueue(tx: Tx, pageId: string, request: ReadAgain): Promise<void> {
  // Two clicks at once: the second waits here and sees the first one's job.
  await tx.$queryRaw`SELECT "id" FROM "Page" WHERE "id" = ${pageId} FOR UPDATE`;
  const page = await tx.page.findUnique({
    where: { id: pageId },
    select: { state: true, reasonCode: true, duplicateOf: true, widthPx: true, readJob: { select: { state: true, payload: true } } },
  });
  if (page === null) throw new InkformError("not-found", `There is no page ${pageId}; its scan may have been deleted.`);
  const payload = readPageJob.payload.parse({ pageId, request });
  if (page.readJob?.state === "queued" || page.readJob?.state === "running") {
    if (JSON.stringify(readPageJob.payload.parse(page.readJob.payload)) === JSON.stringify(payload)) return;
    throw new InkformError("conflict", "This page is being read again already. Wait until that is done, then try once more.");
  }
  if (page.widthPx === 0) {
    throw new InkformError(
      "conflict",
      "This page could not be decoded, so there is nothing to read again. Scan it again and add that file.",
    );
  }
  if (request.duplicate !== undefined && page.reasonCode !== "duplicate" && page.reasonCode !== "replaced") {
    throw new InkformError("invalid-argument", "This page is no duplicate (any more). Reload the page.");
  }
  const labels = await countPeoplesLabels(tx, pageId, request.duplicate === "instead" ? page.duplicateOf : null);
  if (labels.here + labels.first > 0 && request.carryLabels !== true) {
    throw new InkformError(
      "conflict",
      `People have labelled ${labels.here + labels.first} glyphs that will be cut anew. Their labels go with their ink; a label whose ink is not found again is set aside and shown with the page, and its box comes back to Review. Confirm this and try again; nothing was changed.`,
    );
  }
  const readJobId = await enqueueJob(tx, readPageJob, payload);
  const { corners, code, duplicate, readHere } = request;
  await tx.page.update({
    where: { id: pageId },
    data: {
      readJobId,
      ...((corners !== undefined || code !== undefined) && { byHand: toJson({ ...(corners && { corners }), ...(code && { code }) }) }),
      ...(duplicate === "both" && { anotherSheet: true }),
      ...(readHere && { readHere }),
    },
  });
}
