/**
 * Solves the n x n system `matrix x = right` (row-major) by Gaussian elimination with partial pivoting.
 * @returns x, or null where the matrix is singular to working precision. The arguments are not changed.
 */
export function solveLinear(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const n = right.length;
  const a = matrix.slice();
  const x = right.slice();
  let largest = 0;
  for (const value of a) largest = Math.max(largest, Math.abs(value));
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) if (Math.abs(a[row * n + column]) > Math.abs(a[pivot * n + column])) pivot = row;
    // Not > rather than <=: NaN is refused too.
    if (!(Math.abs(a[pivot * n + column]) > 1e-11 * largest)) return null;
    if (pivot !== column) {
      for (let k = 0; k < n; k++) [a[pivot * n + k], a[column * n + k]] = [a[column * n + k], a[pivot * n + k]];
      [x[pivot], x[column]] = [x[column], x[pivot]];
    }
    for (let row = column + 1; row < n; row++) {
      const factor = a[row * n + column] / a[column * n + column];
      if (factor === 0) continue;
      for (let k = column; k < n; k++) a[row * n + k] -= factor * a[column * n + k];
      x[row] -= factor * x[column];
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) x[row] -= a[row * n + k] * x[k];
    x[row] /= a[row * n + row];
  }
  return x;
}
