import type { CurvePoint, RunView } from "../../../contracts/runs.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { handleJob, type JobRegistration } from "../../jobs/job-handler.ts";
import type { Runtime } from "../../runtime.ts";
import type { SimulatedSheet } from "../../threads/simulate.worker.ts";
import { createCardBatch } from "../cards/create-card-batch.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { createDataset } from "../datasets/create-dataset.ts";
import { getMnist } from "../mnist/get-mnist.ts";
import { createRun } from "../runs/create-run.ts";
import { getRun } from "../runs/get-run.ts";
import { confirmAgreeing } from "./confirm-agreeing.ts";
import { demoJob } from "./demo-job.ts";
import { DEMO_CARDS, DEMO_DATASET, DEMO_SHEETS, type DemoSheet, demoSettings } from "./demo-plan.ts";
import { uploadSheets } from "./upload-sheets.ts";
import { waitForJobs } from "./wait-for-jobs.ts";

export interface DemoOptions {
  readonly signal: AbortSignal;
  readonly progress: (fraction: number, message: string) => void;
  /** Gets what was really written on each sheet. */
  readonly onSheet?: (sheet: DemoSheet, simulated: SimulatedSheet) => void;
}

/** @see runDemo */
export function handleDemo(runtime: Runtime): JobRegistration {
  return handleJob(demoJob, async ({ payload, signal, progress }) => {
    await runDemo(runtime, payload.slug, { signal, progress });
  });
}

/**
 * Takes a collection through the whole loop with simulated people, by the same services as the site's: prints cards, fills them in and photographs them, uploads the
 * pictures, waits until they are read, confirms the labels on which prompt and model agree, builds a data set, trains a small network and measures it.
 * Every step looks at what is there already: a try that was killed is taken up where it was.
 * @returns the run, trained and measured
 */
export async function runDemo(runtime: Runtime, slug: string, options: DemoOptions): Promise<RunView> {
  const { signal, progress, onSheet } = options;
  const db = runtime.database.client;
  const collection = { id: await getCollectionId(db, slug), slug };

  progress(0, `printing ${DEMO_CARDS.copies} cards`);
  await createCardBatch(runtime, slug, DEMO_CARDS);

  const total = DEMO_SHEETS.length;
  await uploadSheets(runtime, collection, {
    signal,
    onSheet,
    progress: async (done) => {
      const read = await db.scan.count({ where: { collectionId: collection.id, job: { state: "done" } } });
      progress(
        0.02 + (0.68 * (done + read)) / (2 * total),
        `filling in and photographing sheet ${done + 1} of ${total}; ${read} read so far`,
      );
    },
  });
  const scans = await db.scan.findMany({ where: { collectionId: collection.id }, select: { jobId: true } });
  await waitForJobs(
    runtime,
    scans.map((scan) => scan.jobId),
    {
      signal,
      watch: (jobs) => {
        const read = jobs.filter((job) => job.state === "done").length;
        progress(0.02 + (0.68 * (total + read)) / (2 * total), `${read} of ${jobs.length} photographs are read`);
      },
    },
  );
  if ((await db.page.count({ where: { collectionId: collection.id, state: "read" } })) === 0) {
    throw new InkformError("internal", "none of the demo's photographs could be read");
  }

  progress(0.72, "confirming the labels on which prompt and model agree");
  await confirmAgreeing(runtime, collection, signal);

  progress(0.75, "building a data set, split by writer");
  const includeMnist = (await getMnist(runtime)).ready;
  const dataset = await createDataset(runtime, slug, { ...DEMO_DATASET, includeMnist });

  const run =
    (await findRun(runtime, dataset.id)) ??
    (await createRun(runtime, slug, { dataset: dataset.id, settings: demoSettings(includeMnist) })).id;
  const { jobId } = await db.run.findUniqueOrThrow({ where: { id: run }, select: { jobId: true } });
  const [job] = await waitForJobs(runtime, [jobId], {
    signal,
    watch: ([training]) => {
      const doing = training.state === "queued" ? "about to start" : training.message || "measuring its error rate";
      progress(0.8 + 0.19 * training.fraction, `training a small network: ${doing}`);
    },
  });
  if (job.state === "failed") throw new InkformError("internal", `the demo's training failed: ${job.failure}`);
  const trained = await getRun(db, run, 0);
  progress(1, summarize(trained));
  return trained;
}

async function findRun(runtime: Runtime, datasetId: string): Promise<string | null> {
  return (await runtime.database.client.run.findFirst({ where: { datasetId }, select: { id: true } }))?.id ?? null;
}

function summarize(run: RunView): string {
  const last = run.curve.findLast((point: CurvePoint) => point.trainError !== null);
  const test = run.evaluations.find((evaluation) => evaluation.set === run.dataset.id)?.result;
  if (test === undefined) return `done; ${last === undefined ? "" : `${(100 * (last.trainError ?? 0)).toFixed(2)} % errors in training`}`;
  return `done: ${(100 * test.errorRate).toFixed(2)} % errors on two people whom the network had not seen`;
}
