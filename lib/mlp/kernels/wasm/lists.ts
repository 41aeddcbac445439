/**
 * The non-zero values of x (B x I), as pairs (offset: u32, value: f32). By rows: the list of example b begins at entry b I and its offsets
 * are 32 i. By columns: the list of input i begins at entry i B and its offsets are 32 b. 32 bytes are 8 floats; a panel of 24 columns takes three
 * times that. NaN counts as non-zero and is passed on.
 */

/** Lists of the examples b from `from` to `to`. */
export function listRows(x: usize, I: i32, from: i32, to: i32, entries: usize, counts: usize): void {
  for (let b = from; b < to; b++) {
    const row = x + (usize(b * I) << 2);
    const start = entries + (usize(b * I) << 3);
    let e = start;
    let i: i32 = 0;
    for (; i + 4 <= I; i += 4) {
      const p = row + (usize(i) << 2);
      if (!v128.any_true(v128.load(p))) continue;
      e = append(e, i, load<f32>(p));
      e = append(e, i + 1, load<f32>(p, 4));
      e = append(e, i + 2, load<f32>(p, 8));
      e = append(e, i + 3, load<f32>(p, 12));
    }
    for (; i < I; i++) e = append(e, i, load<f32>(row + (usize(i) << 2)));
    store<i32>(counts + (usize(b) << 2), i32((e - start) >> 3));
  }
}

/** Writes the entry in any case and keeps it where it is not zero: no branch to guess wrong. */
// @ts-ignore: decorator
@inline
function append(e: usize, i: i32, value: f32): usize {
  store<i32>(e, i << 5);
  store<f32>(e, value, 4);
  return e + (usize(value != <f32>0) << 3);
}

/** Lists of the inputs i from `from` to `to`, each in the order of the examples. */
export function listColumns(x: usize, B: i32, I: i32, from: i32, to: i32, entries: usize, counts: usize): void {
  for (let i = from; i < to; i++) store<i32>(counts + (usize(i) << 2), 0);
  for (let b: i32 = 0; b < B; b++) {
    const row = x + (usize(b * I) << 2);
    let i = from;
    for (; i + 4 <= to; i += 4) {
      const p = row + (usize(i) << 2);
      if (!v128.any_true(v128.load(p))) continue;
      file(load<f32>(p), i, b, B, entries, counts);
      file(load<f32>(p, 4), i + 1, b, B, entries, counts);
      file(load<f32>(p, 8), i + 2, b, B, entries, counts);
      file(load<f32>(p, 12), i + 3, b, B, entries, counts);
    }
    for (; i < to; i++) file(load<f32>(row + (usize(i) << 2)), i, b, B, entries, counts);
  }
}

// @ts-ignore: decorator
@inline
function file(value: f32, i: i32, b: i32, B: i32, entries: usize, counts: usize): void {
  const at = counts + (usize(i) << 2);
  const count = load<i32>(at);
  const e = entries + (usize(i * B + count) << 3);
  store<i32>(e, b << 5);
  store<f32>(e, value, 4);
  store<i32>(at, count + i32(value != <f32>0));
}
