import { type CurvePoint, type TrainSettings, trainSettingsSchema } from "../../../contracts/runs.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { readCheckpointSeconds } from "../../../train/committee-checkpoint.ts";
import { toJson } from "../../db/to-json.ts";
import { handleJob, type JobContext, type JobRegistration } from "../../jobs/job-handler.ts";
import type { Runtime } from "../../runtime.ts";
import type { StoredBlob } from "../../storage/blob-store.ts";
import type { FilePiece, TrainMessage, TrainTask } from "../../threads/train.worker.ts";
import { appendCurve, trimCurve } from "./curve.ts";
import { evaluateRun } from "./evaluate-run.ts";
import { readTrainingData } from "./read-training-data.ts";
import { trainJob } from "./train-job.ts";

/** Between two writes of new points of the curve. */
const FLUSH_MS = 250;

/**
 * Does a run's training in a child process. Each checkpoint is stored as it comes, so a kill of the child, of the server or of the machine costs the seconds since
 * then, and the weights at the end are the same as without it. A stop keeps what there is as the run's model.
 */
export function handleTraining(runtime: Runtime): JobRegistration {
  return handleJob(trainJob, async (context) => {
    const { runId } = context.payload;
    const run = await runtime.database.client.run.findUnique({ where: { id: runId } });
    if (run === null) throw new InkformError("not-found", "This run was deleted.");
    // A try that was killed between the last step and the evaluations: only those are left.
    if (run.modelSha256 === null || run.checkpointSha256 !== null) {
      await train(runtime, run, context);
    }
    await evaluateRun(runtime, runId, context);
  });
}

interface RunToTrain {
  readonly id: string;
  readonly datasetId: string | null;
  readonly classes: string[];
  readonly settings: unknown;
  readonly checkpointSha256: string | null;
}

async function train(runtime: Runtime, run: RunToTrain, { signal, progress }: JobContext<unknown>): Promise<void> {
  const settings = trainSettingsSchema.parse(run.settings);
  progress(0, "reading the data set");
  const data = await readTrainingData(runtime, run.datasetId);
  const checkpoint = run.checkpointSha256 === null ? undefined : await runtime.blobs.get(run.checkpointSha256);
  const reached = checkpoint === undefined ? 0 : readCheckpointSeconds(checkpoint);
  await runtime.database.transaction((tx) => trimCurve(tx, run.id, reached));

  const keeper = createKeeper(runtime, run);
  const task: TrainTask = { ...data, classes: run.classes, settings, checkpoint };
  const pool = runtime.pools.pool<TrainTask, TrainMessage>("train");
  let trained: Extract<TrainMessage, { type: "trained" }> | undefined;
  let model: StoredBlob | undefined;
  const messages = pool.run(task, { signal });
  for await (const message of messages) {
    if (signal.aborted && signal.reason === "lost") return;
    switch (message.type) {
      case "point":
        keeper.addPoint(message.point);
        progress(fractionOf(message.point, settings), describePoint(message.point, settings));
        await keeper.flush(false);
        break;
      case "checkpoint":
        await keeper.keepCheckpoint(takePieces(message, messages));
        break;
      case "trained":
        trained = message;
        break;
      case "model":
        model = await runtime.blobs.put(takePieces(message, messages));
        break;
    }
  }
  await keeper.flush(true);
  // A shutdown is no stop: the next server goes on from the checkpoint.
  if (signal.aborted && signal.reason !== "stop") throw new InkformError("unavailable", "The training was interrupted and goes on later.");
  if (trained !== undefined && model !== undefined) await keeper.keepModel({ ...trained, ...model }, { stopped: signal.aborted });
}

/** The bytes of a checkpoint or of a model, from its first piece on. */
async function* takePieces(first: FilePiece, messages: AsyncIterator<TrainMessage>): AsyncGenerator<Uint8Array> {
  for (let piece = first; ; ) {
    yield piece.bytes;
    if (piece.last) return;
    const next = await messages.next();
    if (next.done || next.value.type !== first.type)
      throw new InkformError("internal", `The training broke off in the middle of a ${first.type}.`);
    piece = next.value;
  }
}

/** Writes down what a training gives, in an order that a kill at any point leaves whole. */
function createKeeper(runtime: Runtime, run: RunToTrain) {
  const { database, blobs } = runtime;
  let points: CurvePoint[] = [];
  let flushedAt = performance.now();
  let checkpoint = run.checkpointSha256;

  const flush = async (force: boolean): Promise<void> => {
    if (points.length === 0 || (!force && performance.now() - flushedAt < FLUSH_MS)) return;
    const batch = points;
    points = [];
    flushedAt = performance.now();
    const { secondsLeft } = batch.at(-1)!;
    await database.transaction(async (tx) => {
      await appendCurve(tx, run.id, batch);
      await tx.run.update({ where: { id: run.id }, data: { secondsLeft } });
    });
  };
  const dropCheckpoint = async (sha256: string): Promise<void> => {
    // Equal bytes are one blob: another run with the same data and settings may stand at the same place.
    if ((await database.client.run.count({ where: { checkpointSha256: sha256 } })) === 0) await blobs.delete(sha256);
  };

  return {
    addPoint: (point: CurvePoint): void => void points.push(point),
    flush,
    async keepCheckpoint(pieces: AsyncIterable<Uint8Array>): Promise<void> {
      // The curve first: what the checkpoint has trained is never missing from it.
      await flush(true);
      const { sha256 } = await blobs.put(pieces);
      await database.client.run.update({ where: { id: run.id }, data: { checkpointSha256: sha256 } });
      if (checkpoint !== null && checkpoint !== sha256) await dropCheckpoint(checkpoint);
      checkpoint = sha256;
    },
    async keepModel(
      { sha256, bytes, layers, networks }: StoredBlob & { layers: readonly number[]; networks: number },
      { stopped }: { stopped: boolean },
    ): Promise<void> {
      await database.transaction(async (tx) => {
        // Locked first: an evaluation of the model before must not come in between.
        const [before] = await tx.$queryRaw<
          { modelSha256: string | null }[]
        >`SELECT "modelSha256" FROM "Run" WHERE "id" = ${run.id} FOR UPDATE`;
        if (before?.modelSha256 !== sha256) await tx.evaluation.deleteMany({ where: { runId: run.id } });
        const data = { modelSha256: sha256, model: toJson({ layers, networks, bytes }), secondsLeft: null };
        await tx.run.update({ where: { id: run.id }, data: stopped ? data : { ...data, checkpointSha256: null } });
      });
      if (!stopped && checkpoint !== null) await dropCheckpoint(checkpoint);
    },
  };
}

function fractionOf(point: CurvePoint, settings: TrainSettings): number {
  const byTime = settings.maxSeconds === undefined ? 0 : point.seconds / settings.maxSeconds;
  return Math.min(1, Math.max(point.epoch / (settings.epochs * settings.members), byTime));
}

function describePoint(point: CurvePoint, settings: TrainSettings): string {
  const epoch = Math.min(settings.epochs, Math.floor(point.epoch - (point.member - 1) * settings.epochs) + 1);
  const network = settings.members === 1 ? "" : `network ${point.member} of ${settings.members}, `;
  return `${network}epoch ${epoch} of ${settings.epochs}, ${Math.round(point.samplesPerSecond).toLocaleString("en")} samples/s`;
}
