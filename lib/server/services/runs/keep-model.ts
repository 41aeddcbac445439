import { type RunView, type TrainSettings, trainSettingsSchema } from "../../../contracts/runs.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { NORMALIZATION_VERSION } from "../../../glyph/normalization-version.ts";
import type { Model, TrainingRecord } from "../../../mlp/model.ts";
import { decodeModel } from "../../../mlp/model-file/decode-model.ts";
import { newId } from "../../db/new-id.ts";
import { toJson } from "../../db/to-json.ts";
import { enqueueJob } from "../../jobs/enqueue-job.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { chooseTrainingData } from "./choose-training-data.ts";
import { appendCurve } from "./curve.ts";
import { getRun } from "./get-run.ts";
import { takeRunNumber } from "./take-run-number.ts";
import { trainJob } from "./train-job.ts";

/** Of an .ink file: 784-4000-4000-10 as float32. */
export const MAX_MODEL_BYTES = 80_000_000;
const PIXELS = 784;

/**
 * Keeps a network that was trained elsewhere, in a browser tab, as a run of the collection: with the settings and the curve of its record. It
 * is then measured as a run's own model is.
 * @param kept.dataset what it was trained on: a data set's id or "mnist"
 * @param kept.bytes the .ink file
 * @throws InkformError `invalid-file` where it is no model, or none that reads this collection's glyphs; `not-found`, `conflict`
 */
export async function keepModel(
  runtime: Runtime,
  slug: string,
  kept: { readonly dataset: string; readonly bytes: Uint8Array },
): Promise<RunView> {
  const collectionId = await getCollectionId(runtime.database.client, slug);
  const { datasetId, datasetName, classes } = await chooseTrainingData(runtime, collectionId, kept.dataset);
  const model = decodeModel(kept.bytes, { normalization: NORMALIZATION_VERSION });
  const { layers, settings, record } = checkModel(model);
  if (model.classes.join("\0") !== classes.join("\0")) {
    throw new InkformError(
      "conflict",
      `The model tells ${model.classes.join("")} apart, but ${datasetName} has ${classes.join("")}: it was trained on something else. Nothing was stored.`,
    );
  }
  const { sha256, bytes } = await runtime.blobs.put(kept.bytes);
  const id = newId();
  await runtime.database.transaction(async (tx) => {
    const number = await takeRunNumber(tx, collectionId);
    // A run with a model and no checkpoint: of the job only the evaluations are left to do.
    const jobId = await enqueueJob(tx, trainJob, { runId: id });
    await tx.run.create({
      data: {
        id,
        collectionId,
        number,
        datasetId,
        datasetName: `${datasetName}, in a tab`,
        classes,
        settings: toJson(settings),
        jobId,
        modelSha256: sha256,
        model: toJson({ layers, networks: 1, bytes }),
      },
    });
    await appendCurve(
      tx,
      id,
      record.curve.map((entry) => ({ ...entry, secondsLeft: null, member: 1 })),
    );
  });
  runtime.jobs.wake();
  return getRun(runtime.database.client, id, 0);
}

/** What a run's row says of a model, out of its file. */
function checkModel(model: Model): { layers: readonly number[]; settings: TrainSettings; record: TrainingRecord } {
  const [network] = model.networks;
  const record = model.meta.records[0] ?? null;
  if (network === undefined || model.networks.length !== 1) refuse("is a committee of several networks; keep its members one by one");
  if (network.sizes[0] !== PIXELS) refuse(`reads images of ${network.sizes[0]} pixels, where glyphs have ${PIXELS}`);
  if (record === null) refuse("has no record of its training");
  const known = Object.entries(record.settings).filter(([, value]) => value !== null);
  const settings = trainSettingsSchema.safeParse({
    ...Object.fromEntries(known),
    hidden: network.sizes.slice(1, -1),
    activation: network.activation,
    seed: record.seed,
  });
  if (!settings.success) refuse("was trained with settings that this Inkform does not know");
  return { layers: network.sizes, settings: settings.data, record };
}

function refuse(what: string): never {
  throw new InkformError("invalid-file", `The model ${what}. Nothing was stored; train it again in this collection.`);
}
