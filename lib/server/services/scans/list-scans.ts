import type { PageSummary, ScanView } from "../../../contracts/scans.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Prisma } from "../../db/generated/client.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { countDisagreeing } from "../pages/count-disagreeing.ts";
import { PAGE_COLUMNS, viewPageSummary } from "../pages/page-summary.ts";

/** A collection's scans with their pages, newest first. @throws InkformError `not-found` (no such collection) */
export async function listScans(runtime: Runtime, slug: string): Promise<ScanView[]> {
  const collectionId = await getCollectionId(runtime.database.client, slug);
  return findScans(runtime, { collectionId });
}

/** @throws InkformError `not-found` */
export async function getScan(runtime: Runtime, scanId: string): Promise<ScanView> {
  const [scan] = await findScans(runtime, { id: scanId });
  if (scan === undefined) throw new InkformError("not-found", `There is no scan ${scanId}; it may have been deleted.`);
  return scan;
}

async function findScans(runtime: Runtime, where: Prisma.ScanWhereInput): Promise<ScanView[]> {
  const { client } = runtime.database;
  const scans = await client.scan.findMany({
    where,
    orderBy: { id: "desc" },
    include: {
      job: {
        select: { state: true, fraction: true, message: true, failure: true, attempts: true, maxAttempts: true, interruptions: true },
      },
    },
  });
  const pages = await client.page.findMany({ where: { scan: where }, orderBy: [{ number: "asc" }, { part: "asc" }], select: PAGE_COLUMNS });
  const disagreeing = await countDisagreeing(
    runtime,
    pages[0]?.collectionId,
    scans.length === 1 ? pages.map((page) => page.id) : undefined,
  );
  const byScan = new Map<string, PageSummary[]>(scans.map((scan) => [scan.id, []]));
  for (const page of pages) byScan.get(page.scanId)?.push(viewPageSummary(page, disagreeing.get(page.id) ?? 0));
  return scans.map(({ id, fileName, bytes, createdAt, batch, job }) => ({
    id,
    fileName,
    bytes,
    createdAt: createdAt.toISOString(),
    state: job.state,
    failure: job.failure,
    fraction: job.fraction,
    message: job.message,
    // What is wrong with the file itself ends the job at its first try.
    canRetry: job.state === "stopped" || (job.state === "failed" && (job.attempts >= job.maxAttempts || job.interruptions > 0)),
    batch,
    pages: byScan.get(id) ?? [],
  }));
}
