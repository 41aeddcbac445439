let index = new Int32Array(0);
let value = new Float64Array(0);

/** Two lists of at least `length` entries for a kernel's own use within one call: offsets of non-zero entries and their values. */
export function getScratch(length: number): { index: Int32Array; value: Float64Array } {
  if (index.length < length) {
    index = new Int32Array(length);
    value = new Float64Array(length);
  }
  return { index, value };
}
