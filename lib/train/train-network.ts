import type { CurvePoint, TrainSettings } from "../contracts/runs.ts";
import { NORMALIZATION_VERSION } from "../glyph/normalization-version.ts";
import { buildModel } from "../mlp/build-model.ts";
import type { CurveEntry, TrainingRecord } from "../mlp/model.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../mlp/model-file/checkpoint.ts";
import type { WeightFormat } from "../mlp/model-file/network-bytes.ts";
import type { Pieces } from "../mlp/model-file/pieces.ts";
import { streamModel } from "../mlp/model-file/stream-model.ts";
import { Trainer } from "../mlp/trainer.ts";
import { checkTrainingSet, type TrainingSet } from "../mlp/training-set.ts";
import { parseTrainerSettings, type TrainerSettings } from "../mlp/training-settings.ts";
import { checkNeedsNoValidation } from "./check-needs-no-validation.ts";
import { checkSameTraining } from "./check-same-training.ts";
import { estimateSecondsLeft } from "./estimate-seconds-left.ts";
import { Meter } from "./meter.ts";
import type { TrainPlatform } from "./platform.ts";
import { reshapeOfMember } from "./reshape-of-member.ts";
import { createStopwatch } from "./stopwatch.ts";

const INPUTS = 784;
/** Between points of the curve within an epoch. */
const POINT_MS = 250;
const CHECKPOINT_MS = 10_000;
/** How long training may keep the thread before messages (a stop) are looked at. */
const SLICE_MS = 40;

export interface TrainRequest {
  readonly train: TrainingSet;
  readonly validation?: TrainingSet | undefined;
  /** What the labels mean: label c is classes[c]. */
  readonly classes: readonly string[];
  readonly settings: TrainSettings;
  /** Where to go on; it must be of the same data and settings. */
  readonly checkpoint?: Uint8Array | undefined;
  /** Of the weights in the model file; f32 unless told. */
  readonly weights?: WeightFormat | undefined;
}

export interface TrainListener {
  /** Several times a second; the points at the end of an epoch have `trainError`, and `validationError` where there is such a split. */
  onPoint(point: CurvePoint): void;
  /** At the end of every epoch and at least every 10 s. The training stands still until it resolves: until then the pieces must have been read, by whom wants them. */
  onCheckpoint(checkpoint: Pieces): void | Promise<void>;
  /** Asked several times a second; once it is true the training ends and keeps what it has. */
  isStopped(): boolean;
}

export interface TrainResult {
  /** The .ink file. The weights stay where they were trained until its pieces are read. */
  readonly model: Pieces;
  /** Of a committee: the last network's. */
  readonly record: TrainingRecord;
  /** In the model. */
  readonly networks: number;
  /** True where it ended before its last epoch: stopped, or out of time. */
  readonly stopped: boolean;
}

/**
 * Trains one network on 28 x 28 images, whatever `settings.members` (see train-committee.ts): what a training job's child process, `npm run train` and a browser tab do. Knows no database and
 * no files. It lets the event loop turn every 40 ms, so that messages arrive.
 *
 * The weights follow from data, settings and seed alone, whatever `threads` is and however often the
 * training was taken up again; only `maxSeconds` brings the clock in.
 * @throws InkformError `invalid-argument` on data or settings that cannot be trained, and on divergence; `conflict` where the
 *   checkpoint is of another training
 */
export async function trainNetwork(request: TrainRequest, listener: TrainListener, platform: TrainPlatform): Promise<TrainResult> {
  const { train, validation, classes, settings } = request;
  if (validation) checkTrainingSet(validation, { name: "validation", inputs: INPUTS, classes, severalClasses: false });
  else checkNeedsNoValidation(settings);
  const trainerSettings = toTrainerSettings(settings, classes);
  const dataHash = hashSet(platform, train);
  const checkpoint = request.checkpoint ? decodeCheckpoint(request.checkpoint) : null;
  if (checkpoint) checkSameTraining(checkpoint, { settings: trainerSettings, classes, dataHash });
  const kernels = platform.createKernels(settings.threads);
  const trainer = new Trainer(train, trainerSettings, { classes, state: checkpoint?.state, kernels });
  try {
    const curve: CurveEntry[] = [...(checkpoint?.curve ?? [])];
    const rounding = !checkpoint || checkpoint.rounding === trainer.rounding ? trainer.rounding : checkpoint.rounding && "mixed";
    const clock = createStopwatch(checkpoint?.seconds ?? 0);
    const maxSeconds = settings.maxSeconds ?? Number.POSITIVE_INFINITY;
    const saveCheckpoint = async (): Promise<void> => {
      const state = trainer.view;
      await listener.onCheckpoint(
        encodeCheckpoint({ settings: trainerSettings, classes, dataHash, seconds: clock.seconds(), curve, rounding, state }),
      );
    };
    const report = (entry: CurveEntry): void =>
      listener.onPoint({ ...entry, secondsLeft: estimateSecondsLeft(entry, settings), member: 1 });

    const meter = new Meter(clock);
    const measure = (): number | null => (validation ? trainer.measureErrorRate(validation) : null);
    /** A point that stays in the curve: of an epoch, or of what there is of one. */
    const keepPoint = ({ epoch, ...errors }: Pick<CurveEntry, "epoch" | "loss" | "trainError" | "validationError">): void => {
      // In the order in which command lines print it.
      const entry = { epoch, seconds: wholeMs(clock.seconds()), ...roundNumbers({ ...errors, samplesPerSecond: meter.takeEpoch() }) };
      curve.push(entry);
      report(entry);
    };

    let checkpointAt = performance.now();
    let sliceAt = performance.now();
    let stopped = false;
    while (!trainer.done) {
      if (performance.now() - sliceAt >= SLICE_MS) {
        clock.pause();
        await platform.turn();
        clock.go();
        sliceAt = performance.now();
      }
      if (listener.isStopped() || clock.seconds() >= maxSeconds) {
        stopped = true;
        break;
      }
      const { loss, count, ended } = trainer.step(Number.isFinite(maxSeconds) ? clock.seconds() / maxSeconds : 0);
      meter.add(loss, count);
      if (!ended && meter.secondsSincePoint < POINT_MS / 1000) continue;
      clock.pause();
      if (ended) {
        const validationError = measure();
        if (validationError !== null) trainer.judge(validationError);
        keepPoint({ ...ended, validationError });
      } else {
        report({ epoch: trainer.epochs, seconds: wholeMs(clock.seconds()), trainError: null, validationError: null, ...meter.takePoint() });
      }
      if (ended || performance.now() - checkpointAt >= CHECKPOINT_MS) {
        await saveCheckpoint();
        checkpointAt = performance.now();
      }
      clock.go();
    }

    clock.pause();
    if (stopped) await saveCheckpoint();
    const { seen, lossSum, errorSum } = trainer.progress;
    // Where an epoch was broken off; what is kept of it is a point of the curve like the others, but not of the checkpoint's.
    const brokenOff = stopped && seen > 0 ? { validationError: measure() } : null;
    if (brokenOff) keepPoint({ epoch: trainer.epochs, loss: lossSum / seen, trainError: errorSum / seen, ...brokenOff });
    const kept = trainer.choose(brokenOff?.validationError ?? null);
    const {
      hidden: _hidden,
      threads: _threads,
      members: _members,
      activation: _activation,
      reshape: _reshape,
      views,
      seed,
      ...options
    } = settings;
    const record: TrainingRecord = {
      dataHash,
      validationHash: validation ? hashSet(platform, validation) : null,
      examples: train.labels.length,
      seed,
      settings: { ...options, maxSeconds: settings.maxSeconds ?? null },
      epochs: trainer.epochs,
      keptEpochs: kept.epochs,
      seconds: clock.seconds(),
      rounding,
      curve,
    };
    const trained = [{ network: kept.network, reshape: trainerSettings.reshape, views, record }];
    const model = streamModel(buildModel(trained, { classes, normalization: NORMALIZATION_VERSION, weights: request.weights }));
    return { model, record, networks: 1, stopped };
  } finally {
    trainer.end();
  }
}

/** Seconds, rounded down: a point must never be later than the next one, or than the checkpoint that holds it, or resuming there would lose it. */
function wholeMs(seconds: number): number {
  return Math.floor(seconds * 1000) / 1000;
}

/** To six digits: a record of hundreds of epochs is a part of the model file. */
function roundNumbers<T extends object>(entry: T): T {
  const round = ([name, value]: [string, unknown]) => [name, typeof value === "number" ? Number(value.toPrecision(6)) : value] as const;
  return Object.fromEntries(Object.entries(entry).map(round)) as T;
}

function toTrainerSettings(settings: TrainSettings, classes: readonly string[]): TrainerSettings {
  const { hidden, threads: _threads, maxSeconds: _maxSeconds, members: _members, ...options } = settings;
  return parseTrainerSettings({ ...options, reshape: reshapeOfMember(settings, 0), sizes: [INPUTS, ...hidden, classes.length] });
}

/** SHA-256 over images, then labels. */
function hashSet(platform: TrainPlatform, set: TrainingSet): string {
  return platform.sha256([set.images, set.labels]);
}
