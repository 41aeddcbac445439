import type { RunView } from "../../../contracts/runs.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Queryable } from "../../db/database.ts";
import { readCurve } from "./curve.ts";
import { RUN_PARTS, viewRun } from "./run-row.ts";

/** A run with its curve from point `after` on. @throws InkformError `not-found` */
export async function getRun(db: Queryable, id: string, after: number): Promise<RunView> {
  const row = await db.run.findUnique({ where: { id }, include: RUN_PARTS });
  if (row === null) throw new InkformError("not-found", `There is no run ${id}.`);
  return viewRun(row, await readCurve(db, id, after));
}
