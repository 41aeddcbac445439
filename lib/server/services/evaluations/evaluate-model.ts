import { createHash } from "node:crypto";
import type { EvaluationView } from "../../../contracts/runs.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { evaluatePredictions } from "../../../evaluation/evaluate-predictions.ts";
import { findMostProbable } from "../../../evaluation/find-most-probable.ts";
import { findWorstMistakes, type Mistake } from "../../../evaluation/find-worst-mistakes.ts";
import { decodeModel } from "../../../mlp/model-file/decode-model.ts";
import { toClassIndices } from "../../../train/choose-classes.ts";
import type { Queryable, Tx } from "../../db/database.ts";
import { newId } from "../../db/new-id.ts";
import { toJson } from "../../db/to-json.ts";
import type { Runtime } from "../../runtime.ts";
import type { PredictRequest } from "../../threads/predict.worker.ts";
import { readModel, STARTER_ID } from "../models/read-model.ts";
import { type EvaluationSet, readEvaluationSet } from "./evaluation-set.ts";
import { type EvaluationDetails, viewEvaluation } from "./view-evaluation.ts";

const PIXELS = 784;
const MISTAKES = 60;
/** Of every cell of the confusion matrix so many more, so that each opens pictures; and how many pictures at most (1 kB each). */
const PER_CELL = 8;
const PICTURES = 600;

/**
 * Measures a model on a data set's test split or MNIST's test set. Models and sets never change, so a second request for the same answers the first one's result.
 * @param modelId "starter" or a run's id
 * @param set a data set's id or "mnist"
 * @throws InkformError `not-found`, `conflict` (no model yet), `unavailable` (no MNIST), `invalid-argument` (an empty set, or characters the model does not know)
 */
export async function evaluateModel(runtime: Runtime, modelId: string, set: string): Promise<EvaluationView> {
  const db = runtime.database.client;
  const file = await readModel(runtime, modelId);
  const modelSha256 = createHash("sha256").update(file.bytes).digest("hex");
  const key = { model: modelId, set, modelSha256 };
  const same = await findSame(db, key);
  if (same !== null) return viewEvaluation(same);

  const { classes } = decodeModel(file.bytes);
  const examples = await readEvaluationSet(runtime, set);
  const labels = toClassIndices(examples.labels, classes);
  const probabilities = await predictAll(runtime, { model: file.bytes, images: examples.images });
  const { errorRate, interval, errors, count, confusion } = evaluatePredictions(probabilities, labels, classes.length);
  const details: EvaluationDetails = {
    modelSha256,
    classes: [...classes],
    confusion,
    byWriter: countByWriter(examples, { probabilities, labels, classes: classes.length }),
    mistakes: choosePictured(findWorstMistakes(probabilities, labels, { classCount: classes.length, limit: count })).map(
      ({ index, truth, prediction, probability }) => ({
        image: Buffer.from(examples.images.subarray(index * PIXELS, (index + 1) * PIXELS)).toString("base64"),
        truth: classes[truth],
        prediction: classes[prediction],
        probability,
        glyphId: examples.members?.[index]?.glyphId ?? null,
        index,
      }),
    ),
  };
  const data = {
    model: modelId,
    modelName: file.name,
    runId: modelId === STARTER_ID ? null : modelId,
    set,
    setName: examples.name,
    errors,
    count,
    errorRate,
    low: interval[0],
    high: interval[1],
    details: toJson(details),
  };
  const row = await runtime.database.transaction(async (tx) => {
    // Measuring takes seconds: meanwhile another request may have done the same, and a run that went on has another model.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${modelId} ${set}`}, 2))`;
    if (data.runId !== null) await checkStillModel(tx, data.runId, modelSha256);
    return (await findSame(tx, key)) ?? tx.evaluation.create({ data: { id: newId(), ...data } });
  });
  return viewEvaluation(row);
}

async function findSame(db: Queryable, { model, set, modelSha256 }: { model: string; set: string; modelSha256: string }) {
  const earlier = await db.evaluation.findMany({ where: { model, set }, orderBy: { id: "desc" } });
  return earlier.find((row) => (row.details as unknown as EvaluationDetails).modelSha256 === modelSha256) ?? null;
}

/** Until the transaction's end the run gets no other model. */
async function checkStillModel(tx: Tx, runId: string, modelSha256: string): Promise<void> {
  const [run] = await tx.$queryRaw<{ modelSha256: string | null }[]>`SELECT "modelSha256" FROM "Run" WHERE "id" = ${runId} FOR SHARE`;
  if (run?.modelSha256 !== modelSha256)
    throw new InkformError(
      "conflict",
      "The run was trained further while its model was measured, and has another one now. Measure that one.",
    );
}

/** The surest mistakes of all, and the surest of each pair of classes. @param mistakes surest first; this order is kept */
function choosePictured(mistakes: readonly Mistake[]): Mistake[] {
  const taken = new Map<string, number>();
  return mistakes
    .filter(({ truth, prediction }, rank) => {
      const cell = `${truth} ${prediction}`;
      const before = taken.get(cell) ?? 0;
      taken.set(cell, before + 1);
      return rank < MISTAKES || before < PER_CELL;
    })
    .slice(0, PICTURES);
}

async function predictAll(runtime: Runtime, request: PredictRequest): Promise<Float32Array> {
  let probabilities = new Float32Array(0);
  for await (const message of runtime.pools.pool<PredictRequest, Float32Array<ArrayBuffer>>("predict").run(request))
    probabilities = message;
  return probabilities;
}

function countByWriter(
  set: EvaluationSet,
  { probabilities, labels, classes }: { probabilities: Float32Array; labels: Uint8Array; classes: number },
): EvaluationDetails["byWriter"] {
  const byWriter = new Map<string, { writer: string; errors: number; count: number }>();
  set.members?.forEach(({ writer }, n) => {
    const entry = byWriter.get(writer) ?? { writer, errors: 0, count: 0 };
    entry.count++;
    if (findMostProbable(probabilities, n, classes) !== labels[n]) entry.errors++;
    byWriter.set(writer, entry);
  });
  return [...byWriter.values()].sort((a, b) => b.errors / b.count - a.errors / a.count || (a.writer < b.writer ? -1 : 1));
}
