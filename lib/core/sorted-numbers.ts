/** Numbers in ascending order, in an array of their own. A typed array sorts by value without asking a function at each comparison: several times as fast. */
export function sortedNumbers(values: ArrayLike<number>): Float64Array {
  return new Float64Array(values).sort();
}
