import type { z } from "zod";
import type { createRunSchema, RunView } from "../../../contracts/runs.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { newId } from "../../db/new-id.ts";
import { toJson } from "../../db/to-json.ts";
import { enqueueJob } from "../../jobs/enqueue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { getMnist } from "../mnist/get-mnist.ts";
import { getRun } from "./get-run.ts";
import { trainJob } from "./train-job.ts";

const DIGITS = [..."0123456789"];

/**
 * Starts a training of the collection: on one of its data set versions, whose classes it takes, or on MNIST alone ("mnist").
 * @throws InkformError `not-found`, `unavailable` (MNIST is not here), `invalid-argument` (a data set of another collection, or of one class)
 */
export async function createRun(runtime: Runtime, slug: string, input: z.infer<typeof createRunSchema>): Promise<RunView> {
  const collectionId = await getCollectionId(runtime.database.client, slug);
  const data = input.dataset === "mnist" ? await chooseMnist(runtime) : await chooseDataset(runtime, collectionId, input.dataset);
  const id = newId();
  await runtime.database.transaction(async (tx) => {
    // Two runs at once would otherwise both take the next number.
    await tx.$queryRaw`SELECT "id" FROM "Collection" WHERE "id" = ${collectionId} FOR UPDATE`;
    const latest = await tx.run.aggregate({ where: { collectionId }, _max: { number: true } });
    const jobId = await enqueueJob(tx, trainJob, { runId: id });
    await tx.run.create({
      data: { id, collectionId, number: (latest._max.number ?? 0) + 1, ...data, settings: toJson(input.settings), jobId },
    });
  });
  runtime.jobs.wake();
  return getRun(runtime.database.client, id, 0);
}

interface Choice {
  readonly datasetId: string | null;
  readonly datasetName: string;
  readonly classes: string[];
}

async function chooseMnist(runtime: Runtime): Promise<Choice> {
  const mnist = await getMnist(runtime);
  if (!mnist.ready) {
    const missing = mnist.files.filter((file) => !file.present).map((file) => file.name);
    throw new InkformError(
      "unavailable",
      `MNIST is not here yet (${missing.join(", ")} missing): get it on the Datasets page first, or train on a data set of your own.`,
    );
  }
  return { datasetId: null, datasetName: "MNIST", classes: DIGITS };
}

async function chooseDataset(runtime: Runtime, collectionId: string, id: string): Promise<Choice> {
  const dataset = await runtime.database.client.dataset.findUnique({
    where: { id },
    select: { id: true, version: true, classes: true, collectionId: true, spec: true },
  });
  if (dataset === null || dataset.collectionId !== collectionId)
    throw new InkformError("not-found", `This collection has no data set ${id}.`);
  if (dataset.classes.length < 2) {
    throw new InkformError(
      "invalid-argument",
      `Version ${dataset.version} has one class only ("${dataset.classes.join("")}"): there is nothing to tell apart. Build a version with more characters.`,
    );
  }
  const mixed = (dataset.spec as { includeMnist?: boolean }).includeMnist === true;
  return { datasetId: dataset.id, datasetName: `Version ${dataset.version}${mixed ? " with MNIST" : ""}`, classes: dataset.classes };
}
