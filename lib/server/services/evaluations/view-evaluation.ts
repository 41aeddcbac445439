import type { EvaluationView } from "../../../contracts/runs.ts";

/** What an evaluation's row keeps as JSON. */
export interface EvaluationDetails extends Pick<EvaluationView, "classes" | "confusion" | "byWriter" | "mistakes"> {
  /** Of the .ink file measured: a run that is resumed, or a newer program's starter, is another model. */
  readonly modelSha256: string;
}

interface EvaluationRow {
  readonly id: string;
  readonly model: string;
  readonly modelName: string;
  readonly set: string;
  readonly setName: string;
  readonly createdAt: Date;
  readonly errorRate: number;
  readonly low: number;
  readonly high: number;
  readonly errors: number;
  readonly count: number;
  readonly details: unknown;
}

/** An evaluation as the site shows it. */
export function viewEvaluation(row: EvaluationRow): EvaluationView {
  const { classes, confusion, byWriter, mistakes } = row.details as EvaluationDetails;
  const { id, model, modelName, set, setName, errorRate, low, high, errors, count } = row;
  const result = { errorRate, interval: [low, high] as [number, number], errors, count };
  return { id, model, modelName, set, setName, createdAt: row.createdAt.toISOString(), result, classes, confusion, byWriter, mistakes };
}
