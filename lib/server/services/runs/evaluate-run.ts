import type { JobContext } from "../../jobs/job-handler.ts";
import type { Runtime } from "../../runtime.ts";
import { evaluateModel } from "../evaluations/evaluate-model.ts";
import { getMnist } from "../mnist/get-mnist.ts";

/** Measures a run's new model on its data set's test split, if that has examples, and on MNIST's test set, if MNIST is here and all its digits are among the classes. */
export async function evaluateRun(runtime: Runtime, runId: string, { progress }: Pick<JobContext<unknown>, "progress">): Promise<void> {
  const run = await runtime.database.client.run.findUniqueOrThrow({
    where: { id: runId },
    include: { dataset: { select: { id: true, splits: true } } },
  });
  if (run.modelSha256 === null) return;
  progress(1, "measuring the error rate");
  const test = (run.dataset?.splits as { test?: { examples?: number } } | undefined)?.test;
  if (run.dataset !== null && (test?.examples ?? 0) > 0) await evaluateModel(runtime, runId, run.dataset.id);
  const knowsDigits = [..."0123456789"].every((digit) => run.classes.includes(digit));
  if (knowsDigits && (await getMnist(runtime)).ready) await evaluateModel(runtime, runId, "mnist");
  progress(1, "");
}
