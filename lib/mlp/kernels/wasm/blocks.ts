/**
 * The rows of a panel that are used together: at most 192 of 128 bytes, so that they stay in the first cache (32 KB and more, with what passes of lists and sums)
 * while all examples pass over them. Lists are cut where a block ends.
 */
const MOST: i32 = 192;

export function blockCount(R: i32): i32 {
  return (R + MOST - 1) / MOST;
}

/** Rows of each block but the last: a multiple of 8, so that blocks are also made of whole units of columns (transpose.ts). */
export function blockRows(R: i32): i32 {
  const count = blockCount(R);
  return (((R + count - 1) / count + 7) >> 3) << 3;
}
