import type { JobView } from "../../../contracts/common.ts";
import { fusionSummarySchema, labelErrorsSummarySchema, type QualityView } from "../../../contracts/quality.ts";
import type { Queryable } from "../../db/database.ts";
import { JOB_COLUMNS, viewJob } from "../../jobs/view-job.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { countGlyphs } from "../review/count-glyphs.ts";
import { findLabelErrorsJob } from "./find-label-errors-job.ts";
import { fuseCollectionJob } from "./fuse-collection-job.ts";
import { listReviewers } from "./list-reviewers.ts";
import { viewAudit } from "./view-audit.ts";

/** The last estimate of a collection's labels, how much was said since, and its audits, newest first. @throws InkformError `not-found` */
export async function getQuality(db: Queryable, slug: string): Promise<QualityView> {
  const collectionId = await getCollectionId(db, slug);
  // The jobs first: what is read after one has come to its end is what it left.
  const job = await findFusionJob(db, collectionId);
  const labelErrorsJob = await findLabelErrorsRun(db, collectionId);
  const fusion = await db.fusion.findUnique({ where: { collectionId }, omit: { parameters: true } });
  const newLabels = fusion === null ? 0 : await countLabelsAfter(db, collectionId, fusion.lastSeq);
  const audits = await db.audit.findMany({ where: { collectionId }, orderBy: { id: "desc" }, take: 20 });
  const views = [];
  for (const audit of audits) views.push(await viewAudit(db, audit));
  return {
    fusion: fusion === null ? null : { at: fusion.at.toISOString(), summary: fusionSummarySchema.parse(fusion.summary) },
    newLabels,
    reviewers: await listReviewers(db, collectionId),
    conflicts: await countGlyphs(db, { collectionId, filter: { state: "conflict" } }),
    job,
    labelErrors: await getLabelErrors(db, collectionId),
    labelErrorsJob,
    audits: views,
  };
}

/** More are not counted one by one, each time that somebody looks. */
const MOST_COUNTED = 10_000;

async function countLabelsAfter(db: Queryable, collectionId: string, seq: bigint): Promise<number> {
  const [{ count }] = await db.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS "count" FROM (
      SELECT 1 FROM "Label" l JOIN "Glyph" g ON g."id" = l."glyphId" WHERE l."seq" > ${seq} AND g."collectionId" = ${collectionId} LIMIT ${MOST_COUNTED}) AS l`;
  return count;
}

async function getLabelErrors(db: Queryable, collectionId: string): Promise<QualityView["labelErrors"]> {
  const check = await db.labelCheck.findUnique({ where: { collectionId } });
  if (check === null) return null;
  const open = await countGlyphs(db, { collectionId, filter: { state: "suspect" } });
  return { at: check.at.toISOString(), summary: labelErrorsSummarySchema.parse(check.summary), open };
}

/** The last look for label errors, unless it came to its end. */
async function findLabelErrorsRun(db: Queryable, collectionId: string): Promise<JobView | null> {
  const row = await db.job.findFirst({
    where: { kind: findLabelErrorsJob.kind, payload: { path: ["collectionId"], equals: collectionId } },
    orderBy: { id: "desc" },
    select: JOB_COLUMNS,
  });
  return row === null || row.state === "done" || row.state === "stopped" ? null : viewJob(row);
}

/** The collection's estimate that waits or runs. */
export function findFusionJob(db: Queryable, collectionId: string): Promise<JobView | null> {
  return findCollectionJob(db, fuseCollectionJob.kind, collectionId);
}

/** The collection's job of this kind that waits or runs. */
export async function findCollectionJob(db: Queryable, kind: string, collectionId: string): Promise<JobView | null> {
  const row = await db.job.findFirst({
    where: { kind, state: { in: ["queued", "running"] }, payload: { path: ["collectionId"], equals: collectionId } },
    select: JOB_COLUMNS,
  });
  return row === null ? null : viewJob(row);
}
