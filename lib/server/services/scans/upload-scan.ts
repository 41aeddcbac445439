import type { UploadResult } from "../../../contracts/scans.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { detectFormat } from "../../codec/detect-format.ts";
import { stripLocationMetadata } from "../../codec/strip-location-metadata.ts";
import type { Tx } from "../../db/database.ts";
import { isUniqueViolation } from "../../db/database-errors.ts";
import { newId } from "../../db/new-id.ts";
import { enqueueJob } from "../../jobs/enqueue-job.ts";
import type { Runtime } from "../../runtime.ts";
import type { StagedBlob, StoredBlob } from "../../storage/blob-store.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { holdBlobs } from "./hold-blobs.ts";
import { readScanJob } from "./read-scan-job.ts";

/**
 * Takes a file, without its location metadata, and queues it for reading. When this resolves, the bytes are on the disk and the scan and its job are in the
 * database, all of it or nothing.
 * @param file.batch files with the same one were added at once
 * @param body the file's bytes, already bounded.
 * @throws InkformError `invalid-file` (empty), `unsupported-file`, `not-found` (no such collection), `unavailable` (disk full), and what `body` throws.
 */
export async function uploadScan(
  runtime: Runtime,
  slug: string,
  file: { readonly name: string; readonly batch?: string | undefined },
  body: AsyncIterable<Uint8Array>,
): Promise<UploadResult> {
  const { name: fileName, batch } = file;
  const collectionId = await getCollectionId(runtime.database.client, slug);
  const staged = await runtime.blobs.stage(body);
  try {
    const earlier = await findScan(runtime, collectionId, staged.sha256, staged.sha256);
    if (earlier !== null) return { ...earlier, fileName, sha256: staged.sha256, duplicate: true };
    const { bytes, kept } = await keepWithoutLocation(runtime, staged, fileName);
    const scanId = newId();
    try {
      await runtime.database.transaction(async (tx) => {
        await holdBlobs(runtime, tx, [{ sha256: kept.sha256, bytes }]);
        await insertScan(tx, { scanId, collectionId, fileName, originalSha256: staged.sha256, kept, batch: batch ?? null });
      });
    } catch (error) {
      // The same file in another request at the same moment: that one has it.
      const winner = isUniqueViolation(error) ? await findScan(runtime, collectionId, staged.sha256, kept.sha256) : null;
      if (winner === null) throw error;
      return { ...winner, fileName, sha256: staged.sha256, duplicate: true };
    }
    runtime.jobs.wake();
    return { scanId, fileName, sha256: staged.sha256, duplicate: false };
  } finally {
    await staged.discard();
  }
}

async function insertScan(
  tx: Tx,
  scan: { scanId: string; collectionId: string; fileName: string; originalSha256: string; kept: StoredBlob; batch: string | null },
): Promise<void> {
  const { scanId, collectionId, fileName, originalSha256, kept, batch } = scan;
  const jobId = await enqueueJob(tx, readScanJob, { scanId });
  await tx.scan.create({
    data: { id: scanId, collectionId, fileName, originalSha256, sha256: kept.sha256, bytes: kept.bytes, batch, jobId },
  });
}

async function keepWithoutLocation(
  runtime: Runtime,
  staged: StagedBlob,
  fileName: string,
): Promise<{ bytes: Uint8Array; kept: StoredBlob }> {
  if (staged.bytes === 0) throw new InkformError("invalid-file", `${fileName} is empty. Nothing was stored. Copy or scan it again.`);
  const bytes = await staged.read();
  if (detectFormat(bytes) === null)
    throw new InkformError(
      "unsupported-file",
      `${fileName} is not a JPEG, PNG, WebP, TIFF, PDF or HEIC file, whatever its name says. Nothing was stored. Save it as one of these and add it again.`,
    );
  const stripped = stripLocationMetadata(bytes);
  if (stripped === bytes || Buffer.compare(stripped, bytes) === 0) return { bytes, kept: await staged.keep() };
  return { bytes: stripped, kept: await runtime.blobs.put(stripped) };
}

/** The same bytes as uploaded, or the same once the location is removed. */
async function findScan(
  runtime: Runtime,
  collectionId: string,
  originalSha256: string,
  sha256: string,
): Promise<{ scanId: string } | null> {
  const scan = await runtime.database.client.scan.findFirst({
    where: { collectionId, OR: [{ originalSha256 }, { sha256 }] },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return scan === null ? null : { scanId: scan.id };
}
