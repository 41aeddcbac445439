import { findMostProbable } from "./find-most-probable.ts";

export interface Mistake {
  /** Which example of the set. */
  readonly index: number;
  readonly truth: number;
  readonly prediction: number;
  /** Of the wrong class it was read as. */
  readonly probability: number;
}

/**
 * The mistakes a model is surest of first: often the wrongly labelled examples.
 * @param probabilities N x C, row-major
 * @param labels N indices of the true class
 * @param options.limit at most so many
 */
export function findWorstMistakes(
  probabilities: Float32Array,
  labels: Uint8Array,
  options: { readonly classCount: number; readonly limit: number },
): Mistake[] {
  const C = options.classCount;
  const mistakes: Mistake[] = [];
  for (let n = 0; n < labels.length; n++) {
    const prediction = findMostProbable(probabilities, n, C);
    const truth = labels[n]!;
    if (prediction !== truth) mistakes.push({ index: n, truth, prediction, probability: probabilities[n * C + prediction]! });
  }
  mistakes.sort((a, b) => b.probability - a.probability || a.index - b.index);
  return mistakes.slice(0, options.limit);
}
