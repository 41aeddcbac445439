import { assertArgument } from "../../core/assert.ts";

export interface SmoothingOptions {
  /** Votes for each class that a source is taken to have given before its first; 10 unless told. */
  readonly pseudoVotes?: number;
  /** The share of them that was right; 0.95 unless told. */
  readonly pseudoAccuracy?: number;
}

export interface Smoothing {
  /** K x K, row-major: pseudo-counts, most of them on the diagonal. */
  readonly pseudo: Float64Array;
}

/** A Dirichlet prior for each row of a confusion matrix, centred on a source that is right most times and else says anything. */
export function buildSmoothing(K: number, { pseudoVotes = 10, pseudoAccuracy = 0.95 }: SmoothingOptions): Smoothing {
  assertArgument(
    pseudoVotes > 0 && pseudoAccuracy > 0 && pseudoAccuracy < 1,
    "Pseudo-votes are positive, their accuracy is between 0 and 1.",
  );
  const pseudo = new Float64Array(K * K).fill((pseudoVotes * (1 - pseudoAccuracy)) / (K - 1));
  for (let t = 0; t < K; t++) pseudo[t * K + t] = pseudoVotes * pseudoAccuracy;
  return { pseudo };
}

/** Divides each row of K numbers by its sum, in place. */
export function normalizeRows(matrix: Float64Array, K: number): Float64Array {
  for (let from = 0; from < matrix.length; from += K) {
    let sum = 0;
    for (let v = from; v < from + K; v++) sum += matrix[v];
    for (let v = from; v < from + K; v++) matrix[v] /= sum;
  }
  return matrix;
}
