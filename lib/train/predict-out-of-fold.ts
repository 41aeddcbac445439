import type { TrainSettings } from "../contracts/runs.ts";
import { assertArgument } from "../core/assert.ts";
import { Rng } from "../core/rng.ts";
import { decodeModel } from "../mlp/model-file/decode-model.ts";
import { joinPieces } from "../mlp/model-file/pieces.ts";
import { predict } from "../mlp/predict.ts";
import type { TrainingSet } from "../mlp/training-set.ts";
import type { TrainPlatform } from "./platform.ts";
import { trainNetwork } from "./train-network.ts";

export interface OutOfFoldRequest {
  readonly set: TrainingSet;
  /** N: the fold of each example, 0 .. folds - 1; see `assignFolds`. */
  readonly folds: Uint8Array;
  readonly classes: readonly string[];
  readonly settings: TrainSettings;
}

export interface OutOfFoldListener {
  /** @param fraction of all folds' epochs */
  onProgress(fraction: number): void;
  isStopped(): boolean;
}

/**
 * What a network says of each example that has not learned from it: for every fold one is trained on all others. Confident learning needs such
 * probabilities, since a network that has seen a wrong label repeats it.
 * @returns N x C, row-major; null where it was stopped
 * @throws InkformError as `trainNetwork`; `invalid-argument` where there are not two folds
 */
export async function predictOutOfFold(
  { set, folds, classes, settings }: OutOfFoldRequest,
  listener: OutOfFoldListener,
  platform: TrainPlatform,
): Promise<Float32Array | null> {
  const N = set.labels.length;
  const I = set.images.length / N;
  const C = classes.length;
  const count = folds.reduce((most, fold) => Math.max(most, fold + 1), 0);
  assertArgument(
    folds.length === N && count >= 2,
    `Predicting out of fold needs a fold for each of ${N} examples, and two folds at least.`,
  );
  const probabilities = new Float32Array(N * C);
  for (let fold = 0; fold < count; fold++) {
    const indices = Uint32Array.from(folds.keys());
    const inside = indices.filter((n) => folds[n] === fold);
    const others = select(
      set,
      indices.filter((n) => folds[n] !== fold),
      I,
    );
    const { model, stopped } = await trainNetwork(
      { train: others, classes, settings: { ...settings, members: 1 } },
      {
        onPoint: ({ epoch }) => listener.onProgress((fold + epoch / settings.epochs) / count),
        onCheckpoint: () => {},
        isStopped: () => listener.isStopped(),
      },
      platform,
    );
    if (stopped && listener.isStopped()) return null;
    const own = predict(decodeModel(joinPieces(model)), select(set, inside, I).images, inside.length);
    for (const [k, n] of inside.entries()) probabilities.set(own.subarray(k * C, k * C + C), n * C);
  }
  return probabilities;
}

/**
 * A fold for each example, those of one group (a writer) in the same: the largest group goes to the smallest fold.
 * @param groups N: each example's group
 * @returns N numbers below `count`
 */
export function assignFolds(groups: readonly string[], count: number, seed: number): Uint8Array {
  assertArgument(Number.isInteger(count) && count >= 2 && count <= 255, `There are 2 to 255 folds, not ${count}.`);
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  assertArgument(sizes.size >= count, `${count} folds need as many groups, and there are ${sizes.size}.`);
  const order = new Rng(seed).shuffle([...sizes]).sort(([, a], [, b]) => b - a);
  const filled = new Array<number>(count).fill(0);
  const foldOf = new Map<string, number>();
  for (const [group, size] of order) {
    const fold = filled.indexOf(Math.min(...filled));
    filled[fold] += size;
    foldOf.set(group, fold);
  }
  return Uint8Array.from(groups, (group) => foldOf.get(group)!);
}

function select({ images, labels }: TrainingSet, indices: Uint32Array, I: number): TrainingSet {
  const chosen = new Uint8Array(indices.length * I);
  for (const [k, n] of indices.entries()) chosen.set(images.subarray(n * I, (n + 1) * I), k * I);
  return { images: chosen, labels: Uint8Array.from(indices, (n) => labels[n]) };
}
