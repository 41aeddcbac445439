import { solveLinear } from "../../../lib/image/solve-linear.ts";

/** For the odds' logarithm: `bias` and the sum of the features times `weights`. */
export interface Logistic {
  readonly bias: number;
  readonly weights: readonly number[];
}

/** Of the squared weights of standardized features, a row. */
const RIDGE = 3e-4;

/** Logistic regression by Newton's method (iteratively reweighted least squares), features standardized, with a small ridge. */
export function fitLogistic(rows: readonly Float64Array[], isTrue: readonly boolean[]): Logistic {
  const n = rows[0]!.length;
  const means = Array.from({ length: n }, (_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length);
  const spreads = means.map((mean, k) => Math.sqrt(rows.reduce((sum, row) => sum + (row[k]! - mean) ** 2, 0) / rows.length) || 1);
  const inputs = rows.map((row) => Float64Array.of(1, ...means.map((mean, k) => (row[k]! - mean) / spreads[k]!)));
  const size = n + 1;
  let beta = new Float64Array(size);
  for (let step = 0; step < 50; step++) {
    const hessian = new Float64Array(size * size);
    const gradient = new Float64Array(size);
    for (const [i, input] of inputs.entries()) {
      const p = 1 / (1 + Math.exp(-input.reduce((sum, value, k) => sum + value * beta[k]!, 0)));
      const weight = p * (1 - p);
      for (let a = 0; a < size; a++) {
        gradient[a]! += input[a]! * ((isTrue[i] ? 1 : 0) - p);
        for (let b = 0; b < size; b++) hessian[a * size + b]! += weight * input[a]! * input[b]!;
      }
    }
    for (let a = 0; a < size; a++) {
      gradient[a]! -= RIDGE * rows.length * beta[a]!;
      hessian[a * size + a]! += RIDGE * rows.length;
    }
    const change = solveLinear(hessian, gradient)!;
    beta = beta.map((value, a) => value + change[a]!);
    if (change.every((value) => Math.abs(value) < 1e-7)) break;
  }
  const weights = spreads.map((spread, k) => beta[k + 1]! / spread);
  return { weights, bias: beta[0]! - weights.reduce((sum, weight, k) => sum + weight * means[k]!, 0) };
}
