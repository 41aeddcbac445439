import { assertArgument } from "../core/assert.ts";
import { findMostProbable } from "./find-most-probable.ts";
import { wilsonInterval } from "./wilson-interval.ts";

export interface Evaluation {
  /** Fraction of 1. */
  readonly errorRate: number;
  /** Wilson's 95 % interval, fractions of 1. */
  readonly interval: [low: number, high: number];
  readonly errors: number;
  readonly count: number;
  /** confusion[truth][prediction], counts; C x C. */
  readonly confusion: number[][];
}

/**
 * Error rate and confusion matrix of predictions; an example counts as read as its most probable class.
 * @param probabilities N x C, row-major
 * @param labels N indices of the true class, each below C
 * @param classCount C
 * @throws InkformError `invalid-argument` on an empty set, sizes that do not fit, a label outside, a probability that is not a number
 */
export function evaluatePredictions(probabilities: Float32Array, labels: Uint8Array, classCount: number): Evaluation {
  const C = classCount;
  const N = labels.length;
  assertArgument(N > 0, "There is nothing to evaluate: the set has no labelled example.");
  assertArgument(
    probabilities.length === N * C,
    `${N} labels and ${C} classes need ${N * C} probabilities, but ${probabilities.length} came.`,
  );
  const confusion = Array.from({ length: C }, () => new Array<number>(C).fill(0));
  let errors = 0;
  for (let n = 0; n < N; n++) {
    const truth = labels[n]!;
    assertArgument(truth < C, `Example ${n} has label ${truth}, but there are ${C} classes.`);
    const prediction = findMostProbable(probabilities, n, C);
    confusion[truth]![prediction]! += 1;
    if (prediction !== truth) errors++;
  }
  return { errorRate: errors / N, interval: wilsonInterval(errors, N), errors, count: N, confusion };
}
