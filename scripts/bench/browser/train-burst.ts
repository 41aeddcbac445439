import type { CreateKernels } from "../../../lib/mlp/kernels/kernels.ts";
import { Trainer } from "../../../lib/mlp/trainer.ts";
import type { TrainingSet } from "../../../lib/mlp/training-set.ts";

export interface BurstNetwork {
  readonly hidden: readonly number[];
  readonly batch: number;
}

/** @returns trains for so many seconds and says how many samples a second it did; the same lines in Node and in a browser */
export function createTrainBurst(data: TrainingSet, { hidden, batch }: BurstNetwork, kernels: CreateKernels): (seconds: number) => number {
  const sizes = [784, ...hidden, 10];
  const settings = { sizes, activation: "relu", epochs: 1000, batch, rate: 0.05, momentum: 0.9, augment: "none", seed: 1 } as const;
  const trainer = new Trainer(data, settings, { classes: [..."0123456789"], kernels });
  return (seconds) => {
    const startedAt = performance.now();
    let count = 0;
    let spent = 0;
    while (spent < seconds) {
      count += trainer.step().count;
      spent = (performance.now() - startedAt) / 1000;
    }
    return count / spent;
  };
}
