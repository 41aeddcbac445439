/**
 * The rows of a panel that are used together: at most 256 of 96 bytes, so that they stay in the first cache (48 KB, with the lists and sums of the batch)
 * while all examples pass over them. Lists are cut where a block ends.
 */
const MOST: i32 = 256;

export function blockCount(R: i32): i32 {
  return (R + MOST - 1) / MOST;
}

/** Rows of each block but the last: a multiple of 8, so that blocks are also made of whole units of columns (transpose.ts). */
export function blockRows(R: i32): i32 {
  const count = blockCount(R);
  return (((R + count - 1) / count + 7) >> 3) << 3;
}
