import { InkformError } from "../../../core/inkform-error.ts";
import { requestStop } from "../../jobs/request-stop.ts";
import type { Runtime } from "../../runtime.ts";
import { deleteUnnamedBlob } from "./delete-unnamed-blob.ts";

/**
 * Deletes a scan with its pages, glyphs and labels, and those of its blobs that nothing else names. Data sets that were built from it keep their own copies.
 * @throws InkformError `not-found`
 */
export async function deleteScan(runtime: Runtime, scanId: string): Promise<void> {
  const blobs = await runtime.database.transaction(async (tx) => {
    const scan = await tx.scan.findUnique({
      where: { id: scanId },
      select: { sha256: true, jobId: true, pages: { select: { previewSha256: true, cropsSha256: true } } },
    });
    if (scan === null) throw gone(scanId);
    // None where another click was faster.
    const { count } = await tx.scan.deleteMany({ where: { id: scanId } });
    if (count === 0) throw gone(scanId);
    await requestStop(tx, scan.jobId);
    const derived = scan.pages.flatMap((page) => [page.previewSha256, page.cropsSha256]);
    return [...new Set([scan.sha256, ...derived.filter((sha256) => sha256 !== null)])];
  });
  runtime.jobs.wake();
  // After the commit: a crash in between leaves blobs that nothing names, never rows without their blob.
  for (const sha256 of blobs) await deleteUnnamedBlob(runtime, sha256);
}

function gone(scanId: string): InkformError {
  return new InkformError("not-found", `There is no scan ${scanId}; it may have been deleted already.`);
}
