import { assertArgument } from "../core/assert.ts";

export interface LabelErrors {
  /** Examples whose label looks wrong, the surest first. */
  readonly flagged: readonly FlaggedLabel[];
  /** K: the mean probability of class j among the examples labelled j, what counts as "surely j" here. */
  readonly thresholds: Float64Array;
  /** K x K, row-major: estimated share of all examples with label i (row) that are j (column). Sums to 1. */
  readonly joint: Float64Array;
  /** Estimated share of wrong labels: what lies off the diagonal of `joint`. */
  readonly noise: number;
}

export interface FlaggedLabel {
  readonly index: number;
  readonly label: number;
  /** The class it seems to be. */
  readonly suggestion: number;
  /** P(suggestion) - P(label): larger is surer. */
  readonly margin: number;
}

/**
 * Confident learning (C. Northcutt, L. Jiang, I. Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR 70, 2021).
 *
 * An example labelled i counts as a confident j where P(j) reaches the threshold t_j, the mean of P(j) over the examples labelled j (eq. 2); of several such
 * j the most probable. These counts C(i, j) (eq. 1), brought to each label's number of examples, are the joint of labels and classes (eq. 3). Flagged is
 * what counts off the diagonal: it must also be less probable in its label than in the suggestion, which the paper's method "confident joint" leaves to C.
 *
 * Probabilities must be of a model that has not learned the example (out of fold), or it has learned the wrong label as well.
 *
 * @param probabilities N x K, row-major
 * @param labels N, class numbers below K
 * @throws InkformError `invalid-argument` on sizes that do not fit, a label out of range, a probability that is no number
 */
export function findLabelErrors(probabilities: Float32Array | Float64Array, labels: Uint8Array, K: number): LabelErrors {
  const N = labels.length;
  assertArgument(probabilities.length === N * K, `${N} examples of ${K} classes need ${N * K} probabilities, not ${probabilities.length}.`);
  for (const label of labels) assertArgument(label < K, `Label ${label} is out of range: there are ${K} classes.`);
  for (const p of probabilities) assertArgument(Number.isFinite(p), "A probability is not a number.");

  const perLabel = new Float64Array(K);
  const thresholds = new Float64Array(K);
  labels.forEach((label, n) => {
    perLabel[label]++;
    thresholds[label] += probabilities[n * K + label];
  });
  // A class without examples has no threshold: nothing is surely of it.
  for (let j = 0; j < K; j++) thresholds[j] = perLabel[j] === 0 ? Number.POSITIVE_INFINITY : thresholds[j] / perLabel[j];

  const counts = new Float64Array(K * K);
  const flagged: FlaggedLabel[] = [];
  labels.forEach((label, n) => {
    const sure = findSure(probabilities, n * K, thresholds);
    if (sure === null) return;
    counts[label * K + sure]++;
    const margin = probabilities[n * K + sure] - probabilities[n * K + label];
    if (sure !== label && margin > 0) flagged.push({ index: n, label, suggestion: sure, margin });
  });
  flagged.sort((a, b) => b.margin - a.margin || a.index - b.index);
  const joint = calibrate(counts, perLabel, N);
  let noise = 0;
  for (let i = 0; i < K; i++) for (let j = 0; j < K; j++) if (i !== j) noise += joint[i * K + j];
  return { flagged, thresholds, joint, noise };
}

/** The most probable of the classes that reach their threshold. */
function findSure(probabilities: Float32Array | Float64Array, from: number, thresholds: Float64Array): number | null {
  let sure: number | null = null;
  for (const [j, threshold] of thresholds.entries()) {
    if (probabilities[from + j] < threshold) continue;
    if (sure === null || probabilities[from + j] > probabilities[from + sure]) sure = j;
  }
  return sure;
}

/** Eq. 3: each label's row to its number of examples, all to a sum of 1. A label of which no example was sure is taken to be right. */
function calibrate(counts: Float64Array, perLabel: Float64Array, N: number): Float64Array {
  const K = perLabel.length;
  const joint = new Float64Array(K * K);
  if (N === 0) return joint;
  for (let i = 0; i < K; i++) {
    const row = counts.subarray(i * K, i * K + K);
    const sum = row.reduce((a, b) => a + b, 0);
    if (sum === 0) joint[i * K + i] = perLabel[i] / N;
    else for (let j = 0; j < K; j++) joint[i * K + j] = ((row[j] / sum) * perLabel[i]) / N;
  }
  return joint;
}
