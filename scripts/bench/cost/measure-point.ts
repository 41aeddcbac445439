import { Rng } from "../../../lib/core/rng.ts";
import { forwardPass } from "../../../lib/mlp/forward-pass.ts";
import type { CreateKernels } from "../../../lib/mlp/kernels/kernels.ts";
import { sparseKernels } from "../../../lib/mlp/kernels/sparse-kernels.ts";
import { Trainer } from "../../../lib/mlp/trainer.ts";
import type { TrainingSet } from "../../../lib/mlp/training-set.ts";
import { createWorkspace } from "../../../lib/mlp/workspace.ts";
import { createTrainingKernels } from "../../../lib/server/services/train/create-training-kernels.ts";
import { median } from "../bench-line.ts";
import { countMeetings } from "./measure-machine.ts";

export const PIXELS = 784;
export const CLASSES = [..."0123456789"];
const EXAMPLES = 4096;
const ROUNDS = 5;
const BURST_SECONDS = 0.1;
/** Images that the hidden layers' densities are taken from. */
const LOOKED_AT = 32;

export interface Point {
  readonly hidden: readonly number[];
  readonly batch: number;
  /** Part of the pixels that are not zero. */
  readonly density: number;
  readonly threads: number;
}

export interface PointTime {
  /**
   * Of a training step, for each sample: one thread's processor time, which other programs hardly change; of several the time by the clock, as
   * those that wait use the processor, too.
   */
  readonly seconds: number;
  /** Part of the values that are not zero, of each layer's inputs. */
  readonly densities: readonly number[];
  readonly meetingsPerStep: number;
}

const sets = new Map<number, TrainingSet>();

/** Trains on random images. The learning rate is so small that the densities stay as they begin. */
export function measurePoint({ hidden, batch, density, threads }: Point): PointTime {
  const sizes = [PIXELS, ...hidden, CLASSES.length];
  const settings = { sizes, activation: "relu", epochs: 100_000, batch, rate: 1e-6, momentum: 0.9, augment: "none", seed: 1 } as const;
  const data = randomSet(density);
  let buffer: ArrayBufferLike | null = null;
  const create: CreateKernels = (need) => {
    const kernels = createTrainingKernels(threads)(need);
    const allocate: typeof kernels.allocate = (length) => {
      const array = kernels.allocate(length);
      buffer = array.buffer;
      return array;
    };
    return { ...kernels, allocate };
  };
  const trainer = new Trainer(data, settings, { classes: CLASSES, kernels: create });
  try {
    let steps = 0;
    const burst = (): number => {
      const startedAt = performance.now();
      const before = process.cpuUsage();
      let samples = 0;
      let spent = 0;
      while (spent < BURST_SECONDS) {
        samples += trainer.step().count;
        steps++;
        spent = (performance.now() - startedAt) / 1000;
      }
      const { user, system } = process.cpuUsage(before);
      return (threads === 1 ? (user + system) / 1e6 : spent) / samples;
    };
    burst();
    const before = countMeetings(buffer!);
    steps = 0;
    const seconds = median(Array.from({ length: ROUNDS }, burst));
    return {
      seconds,
      densities: measureDensities(trainer, data),
      meetingsPerStep: threads === 1 ? 0 : (countMeetings(buffer!) - before) / steps,
    };
  } finally {
    trainer.end();
  }
}

function measureDensities(trainer: Trainer, { images }: TrainingSet): number[] {
  const { network } = trainer;
  const workspace = createWorkspace(network.sizes, LOOKED_AT, { kernels: sparseKernels, errors: false });
  const input = workspace.a[0]!;
  for (let k = 0; k < input.length; k++) input[k] = images[k]! / 255;
  forwardPass(sparseKernels, network, workspace, LOOKED_AT);
  return workspace.a.slice(0, -1).map((values) => {
    let lit = 0;
    for (let k = 0; k < values.length; k++) if (values[k] !== 0) lit++;
    return lit / values.length;
  });
}

function randomSet(density: number): TrainingSet {
  const known = sets.get(density);
  if (known) return known;
  const rng = new Rng(1);
  const images = Uint8Array.from({ length: EXAMPLES * PIXELS }, () => (rng.float() < density ? 1 + rng.int(255) : 0));
  const labels = Uint8Array.from({ length: EXAMPLES }, () => rng.int(CLASSES.length));
  const set = { images, labels };
  sets.set(density, set);
  return set;
}
