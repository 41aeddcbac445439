import type { JobView } from "../../../contracts/common.ts";
import { fusionSummarySchema, type QualityView } from "../../../contracts/quality.ts";
import type { Queryable } from "../../db/database.ts";
import { JOB_COLUMNS, viewJob } from "../../jobs/view-job.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { fuseCollectionJob } from "./fuse-collection-job.ts";
import { viewAudit } from "./view-audit.ts";

/** The last estimate of a collection's labels, how much was said since, and its audits, newest first. @throws InkformError `not-found` */
export async function getQuality(db: Queryable, slug: string): Promise<QualityView> {
  const collectionId = await getCollectionId(db, slug);
  const fusion = await db.fusion.findUnique({ where: { collectionId } });
  const newLabels = await db.label.count({ where: { glyph: { collectionId }, seq: { gt: fusion?.lastSeq ?? 0n } } });
  const audits = await db.audit.findMany({ where: { collectionId }, orderBy: { id: "desc" }, take: 20 });
  const views = [];
  for (const audit of audits) views.push(await viewAudit(db, audit));
  return {
    fusion: fusion === null ? null : { at: fusion.at.toISOString(), summary: fusionSummarySchema.parse(fusion.summary) },
    newLabels,
    job: await findFusionJob(db, collectionId),
    audits: views,
  };
}

/** The collection's estimate that waits or runs. */
export async function findFusionJob(db: Queryable, collectionId: string): Promise<JobView | null> {
  const row = await db.job.findFirst({
    where: {
      kind: fuseCollectionJob.kind,
      state: { in: ["queued", "running"] },
      payload: { path: ["collectionId"], equals: collectionId },
    },
    select: JOB_COLUMNS,
  });
  return row === null ? null : viewJob(row);
}
