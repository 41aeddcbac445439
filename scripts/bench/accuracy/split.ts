import { Rng } from "../../../lib/core/rng.ts";
import type { TrainingSet } from "../../../lib/mlp/training-set.ts";

const PIXELS = 784;
const HELD = 10_000;
/** The same part is held out whatever the trainings' seeds. */
const SPLIT_SEED = 1;

/** Holds the last 10,000 of a shuffled set out: MNIST's order mixes writers and how hard they are to read. */
export function holdOut(set: TrainingSet): { train: TrainingSet; held: TrainingSet } {
  const order = new Rng(SPLIT_SEED).shuffle(Uint32Array.from(set.labels, (_, n) => n));
  const kept = order.length - HELD;
  return { train: select(set, order.subarray(0, kept)), held: select(set, order.subarray(kept)) };
}

function select({ images, labels }: TrainingSet, order: Uint32Array): TrainingSet {
  const chosen = new Uint8Array(order.length * PIXELS);
  order.forEach((n, k) => {
    chosen.set(images.subarray(n * PIXELS, (n + 1) * PIXELS), k * PIXELS);
  });
  return { images: chosen, labels: Uint8Array.from(order, (n) => labels[n]!) };
}
