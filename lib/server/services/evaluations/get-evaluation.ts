import type { EvaluationView } from "../../../contracts/runs.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Queryable } from "../../db/database.ts";
import { viewEvaluation } from "./view-evaluation.ts";

/** @throws InkformError `not-found` */
export async function getEvaluation(db: Queryable, id: string): Promise<EvaluationView> {
  const row = await db.evaluation.findUnique({ where: { id } });
  if (row === null) throw new InkformError("not-found", `There is no evaluation ${id}.`);
  return viewEvaluation(row);
}
