import type { JobView } from "../../contracts/common.ts";
import { InkformError } from "../../core/inkform-error.ts";
import type { Queryable } from "../db/database.ts";

/** A job's row as far as the site shows it. */
export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly state: JobView["state"];
  readonly fraction: number;
  readonly message: string;
  readonly failure: string | null;
}

/** The columns of a `JobRow`, for Prisma's `select`. */
export const JOB_COLUMNS = { id: true, kind: true, state: true, fraction: true, message: true, failure: true } as const;

/** A job as the site shows it. */
export function viewJob(row: JobRow): JobView {
  return { id: row.id, kind: row.kind, state: row.state, fraction: row.fraction, message: row.message, failure: row.failure };
}

/** @throws InkformError `not-found` */
export async function getJob(db: Queryable, id: string): Promise<JobView> {
  const row = await db.job.findUnique({ where: { id }, select: JOB_COLUMNS });
  if (row === null) throw new InkformError("not-found", `There is no job ${id}.`);
  return viewJob(row);
}
