import { assertArgument } from "../core/assert.ts";

/**
 * @param probabilities N x C, row-major
 * @param n which row
 * @returns the index of the row's largest value, the lowest where several are equal
 * @throws InkformError `invalid-argument` where the row holds NaN: such a prediction says nothing and is not counted as any class
 */
export function findMostProbable(probabilities: Float32Array, n: number, classCount: number): number {
  const row = n * classCount;
  let best = 0;
  for (let c = 0; c < classCount; c++) {
    const p = probabilities[row + c]!;
    assertArgument(!Number.isNaN(p), `The prediction for example ${n} is not a number.`);
    if (p > probabilities[row + best]!) best = c;
  }
  return best;
}
