import type { TrainSettings } from "../../../contracts/runs.ts";
import { findLabelErrors, type LabelErrors } from "../../../label/find-label-errors.ts";
import { assignFolds } from "../../../train/predict-out-of-fold.ts";
import { predictOutOfFoldInNode } from "../train/train-in-node.ts";

/** Labelled images to be looked at. */
export interface SuspectTask {
  /** N x 784, 255 = ink. */
  readonly images: Uint8Array;
  /** N: class numbers. */
  readonly labels: Uint8Array;
  /** N: who wrote each. A writer's glyphs are judged by a network that has seen none of them. */
  readonly writers: readonly string[];
  readonly classes: readonly string[];
  readonly settings: TrainSettings;
}

interface Listener {
  onProgress(fraction: number): void;
  isStopped(): boolean;
}

/** As many as writers allow: each network learns from four fifths. */
const MOST_FOLDS = 5;
const SEED = 1;

/**
 * Label errors by confident learning, with the probabilities of networks that have not learned the example, nor anything else of its writer.
 * @returns null where it was stopped
 * @throws InkformError as `assignFolds` (one writer alone), `predictOutOfFold`
 */
export async function findSuspects(task: SuspectTask, listener: Listener): Promise<LabelErrors | null> {
  const { images, labels, writers, classes, settings } = task;
  const folds = assignFolds(writers, Math.min(MOST_FOLDS, Math.max(2, new Set(writers).size)), SEED);
  const probabilities = await predictOutOfFoldInNode({ set: { images, labels }, folds, classes, settings }, listener);
  return probabilities === null ? null : findLabelErrors(probabilities, labels, classes.length);
}
