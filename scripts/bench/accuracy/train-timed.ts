import type { Network } from "../../../lib/mlp/network.ts";
import { placeForPrediction } from "../../../lib/mlp/place-for-prediction.ts";
import { predictNetwork } from "../../../lib/mlp/predict-network.ts";
import { reshapeImages } from "../../../lib/mlp/reshape/reshape-images.ts";
import type { Reshape } from "../../../lib/mlp/reshape/reshapes.ts";
import { Trainer } from "../../../lib/mlp/trainer.ts";
import type { TrainingSet } from "../../../lib/mlp/training-set.ts";
import type { TrainerSettingsInput } from "../../../lib/mlp/training-settings.ts";
import type { Views } from "../../../lib/mlp/views/views.ts";
import { createTrainingKernels } from "../../../lib/server/services/train/create-training-kernels.ts";

const SAY_EVERY_SECONDS = 10;

export interface TimedTraining {
  readonly train: TrainingSet;
  /** Measured at every message, off the clock; null where nothing was held out. */
  readonly held: TrainingSet | null;
  readonly classes: readonly string[];
  readonly settings: TrainerSettingsInput;
  readonly seconds: number;
  /** What the seconds are: time on the wall, or processor time over the number of threads, which other programs do not use up. */
  readonly clock: TrainingClock;
  readonly threads: number;
}

export const TRAINING_CLOCKS = ["wall", "processor"] as const;
export type TrainingClock = (typeof TRAINING_CLOCKS)[number];

export interface TimedResult {
  readonly network: Network;
  readonly reshape: Reshape;
  readonly views: Views;
  readonly epochs: number;
  readonly samples: number;
  /** By the clock, all included but the looks at `held`. */
  readonly seconds: number;
  /** Of all threads. Below `threads` times `seconds` where other programs had the processor. */
  readonly processorSeconds: number;
}

/** Trains for a time, the learning rate falling with the clock. @param say gets a line every ten seconds */
export function trainTimed(
  { train, held, classes, settings, seconds, clock: by, threads }: TimedTraining,
  say: (line: string) => void,
): TimedResult {
  const clock = createClock();
  const read = (): number => (by === "wall" ? clock.now().wall : clock.now().processor / threads);
  const trainer = new Trainer(train, settings, { classes, kernels: createTrainingKernels(threads) });
  try {
    let samples = 0;
    let since = { at: 0, samples: 0, loss: 0, errors: 0 };
    for (let now = read(); now < seconds && !trainer.done; now = read()) {
      const { loss, errors, count } = trainer.step(now / seconds);
      samples += count;
      since = { ...since, samples: since.samples + count, loss: since.loss + loss, errors: since.errors + errors };
      if (now - since.at >= SAY_EVERY_SECONDS) {
        const part = [
          `${now.toFixed(0)} of ${seconds} s`,
          `epoch ${trainer.epochs.toFixed(1)}`,
          `loss ${(since.loss / since.samples).toPrecision(3)}`,
          `errors as augmented ${percent(since.errors / since.samples)}`,
          `${Math.round(since.samples / (now - since.at))} samples/s`,
        ];
        if (held) part.push(`held out ${percent(clock.pause(() => trainer.measureErrorRate(held)))}`);
        say(part.join(", "));
        since = { at: now, samples: 0, loss: 0, errors: 0 };
      }
    }
    const { wall, processor } = clock.now();
    return {
      network: trainer.network,
      reshape: settings.reshape ?? "none",
      views: settings.views ?? "one",
      epochs: trainer.epochs,
      samples,
      seconds: wall,
      processorSeconds: processor,
    };
  } finally {
    trainer.end();
  }
}

/** Probabilities N x C. */
export function predictSet(
  { network, reshape, views }: Pick<TimedResult, "network" | "reshape" | "views">,
  { images, labels }: TrainingSet,
  threads: number,
): Float32Array {
  const placed = placeForPrediction(createTrainingKernels(threads), network, { views });
  try {
    return predictNetwork(placed, reshapeImages(reshape, images, labels.length), labels.length);
  } finally {
    placed.kernels.end();
  }
}

export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}

/** Seconds since it was made, by the clock and of this process's processor time, without what was paused. */
function createClock() {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const paused = { wall: 0, processor: 0 };
  const now = () => {
    const { user, system } = process.cpuUsage(before);
    return { wall: (performance.now() - startedAt) / 1000 - paused.wall, processor: (user + system) / 1e6 - paused.processor };
  };
  const pause = <T>(work: () => T): T => {
    const from = now();
    const result = work();
    const to = now();
    paused.wall += to.wall - from.wall;
    paused.processor += to.processor - from.processor;
    return result;
  };
  return { now, pause };
}
