import { blockCount, blockRows } from "./blocks";
import { ROW } from "./panels";

/**
 * The non-zero values of x (B x I), as pairs (value: f32, offset: u32), where the offset is that of a row of a panel: 128 i by rows, 128 b by columns.
 * By rows: the list of example b begins at entry b (I + 4), and cuts[b blocks + k] is where its block k ends (blocks.ts). By columns: the list of
 * input i begins at entry i (B + 4), and ends[i] is where it ends. Four values at a time are moved together by a table, without a
 * branch to guess wrong; what is written beyond a list's end goes into its four spare places. NaN counts as non-zero and is passed on.
 */
const SPARE: i32 = 4;

/** For each pattern of non-zero values of four, the bytes that move them to the front. */
const FRONT = memory.data<u8>([
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, // none
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, // 0
  4, 5, 6, 7, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, // 1
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, // 0 1
  8, 9, 10, 11, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, // 2
  0, 1, 2, 3, 8, 9, 10, 11, 8, 9, 10, 11, 12, 13, 14, 15, // 0 2
  4, 5, 6, 7, 8, 9, 10, 11, 8, 9, 10, 11, 12, 13, 14, 15, // 1 2
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, // 0 1 2
  12, 13, 14, 15, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, // 3
  0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15, // 0 3
  4, 5, 6, 7, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15, // 1 3
  0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 12, 13, 14, 15, // 0 1 3
  8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15, // 2 3
  0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 12, 13, 14, 15, // 0 2 3
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 12, 13, 14, 15, // 1 2 3
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, // all
], 16);

/** Lists of the examples b from `from` to `to`. */
export function listRows(x: usize, I: i32, from: i32, to: i32, entries: usize, cuts: usize): void {
  const blocks = blockCount(I);
  const rows = blockRows(I);
  for (let b = from; b < to; b++) {
    const row = x + (usize(b * I) << 2);
    let e = entries + (usize(b * (I + SPARE)) << 3);
    for (let k: i32 = 0; k < blocks; k++) {
      const end = min(I, (k + 1) * rows);
      let i = k * rows;
      let offsets = i32x4.add(i32x4.splat(i * ROW), i32x4(0, ROW, 2 * ROW, 3 * ROW));
      // Pictures are paper for the most part: sixteen px without ink are passed over at once.
      for (; i + 16 <= end; i += 16) {
        const p = row + (usize(i) << 2);
        const v0 = v128.load(p);
        const v1 = v128.load(p, 16);
        const v2 = v128.load(p, 32);
        const v3 = v128.load(p, 48);
        if (v128.any_true(v128.or(v128.or(v0, v1), v128.or(v2, v3)))) {
          e = append(e, v0, offsets);
          e = append(e, v1, i32x4.add(offsets, i32x4.splat(4 * ROW)));
          e = append(e, v2, i32x4.add(offsets, i32x4.splat(8 * ROW)));
          e = append(e, v3, i32x4.add(offsets, i32x4.splat(12 * ROW)));
        }
        offsets = i32x4.add(offsets, i32x4.splat(16 * ROW));
      }
      for (; i + 4 <= end; i += 4) {
        e = append(e, v128.load(row + (usize(i) << 2)), offsets);
        offsets = i32x4.add(offsets, i32x4.splat(4 * ROW));
      }
      for (; i < end; i++) e = appendOne(e, load<f32>(row + (usize(i) << 2)), i * ROW);
      store<usize>(cuts + (usize(b * blocks + k) << 2), e);
    }
  }
}

/** Lists of the inputs i from `from`, a multiple of 4, to `to`, each in the order of the examples: four inputs at a time. */
export function listColumns(x: usize, B: i32, I: i32, from: i32, to: i32, entries: usize, ends: usize): void {
  const row = usize(I) << 2;
  const list = usize(B + SPARE) << 3;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    let p = x + (usize(i) << 2);
    let e0 = entries + usize(i) * list;
    let e1 = e0 + list;
    let e2 = e1 + list;
    let e3 = e2 + list;
    let offsets = i32x4(0, ROW, 2 * ROW, 3 * ROW);
    let b: i32 = 0;
    for (; b + 4 <= B; b += 4) {
      const v0 = v128.load(p);
      const v1 = v128.load(p + row);
      const v2 = v128.load(p + 2 * row);
      const v3 = v128.load(p + 3 * row);
      if (v128.any_true(v128.or(v128.or(v0, v1), v128.or(v2, v3)))) {
        const low01 = v128.shuffle<i32>(v0, v1, 0, 4, 1, 5);
        const low23 = v128.shuffle<i32>(v2, v3, 0, 4, 1, 5);
        const high01 = v128.shuffle<i32>(v0, v1, 2, 6, 3, 7);
        const high23 = v128.shuffle<i32>(v2, v3, 2, 6, 3, 7);
        e0 = append(e0, v128.shuffle<i32>(low01, low23, 0, 1, 4, 5), offsets);
        e1 = append(e1, v128.shuffle<i32>(low01, low23, 2, 3, 6, 7), offsets);
        e2 = append(e2, v128.shuffle<i32>(high01, high23, 0, 1, 4, 5), offsets);
        e3 = append(e3, v128.shuffle<i32>(high01, high23, 2, 3, 6, 7), offsets);
      }
      offsets = i32x4.add(offsets, i32x4.splat(4 * ROW));
      p += 4 * row;
    }
    for (; b < B; b++) {
      e0 = appendOne(e0, load<f32>(p), b * ROW);
      e1 = appendOne(e1, load<f32>(p, 4), b * ROW);
      e2 = appendOne(e2, load<f32>(p, 8), b * ROW);
      e3 = appendOne(e3, load<f32>(p, 12), b * ROW);
      p += row;
    }
    const end = ends + (usize(i) << 2);
    store<usize>(end, e0);
    store<usize>(end, e1, 4);
    store<usize>(end, e2, 8);
    store<usize>(end, e3, 12);
  }
  for (; i < to; i++) {
    let e = entries + usize(i) * list;
    for (let b: i32 = 0; b < B; b++) e = appendOne(e, load<f32>(x + (usize(b * I + i) << 2)), b * ROW);
    store<usize>(ends + (usize(i) << 2), e);
  }
}

/** Where the list of example b of a batch by rows begins, or of input b by columns: `length` is I or B. */
// @ts-ignore: decorator
@inline
export function listStart(entries: usize, b: i32, length: i32): usize {
  return entries + (usize(b * (length + SPARE)) << 3);
}

/** Writes the non-zero ones of four values. @returns where the next entry goes */
// @ts-ignore: decorator
@inline
function append(e: usize, values: v128, offsets: v128): usize {
  const pattern = i32x4.bitmask(f32x4.ne(values, f32x4.splat(0)));
  const front = v128.load(FRONT + (usize(pattern) << 4));
  const v = v128.swizzle(values, front);
  const o = v128.swizzle(offsets, front);
  v128.store(e, v128.shuffle<i32>(v, o, 0, 4, 1, 5));
  v128.store(e, v128.shuffle<i32>(v, o, 2, 6, 3, 7), 16);
  return e + (usize(popcnt(pattern)) << 3);
}

// @ts-ignore: decorator
@inline
function appendOne(e: usize, value: f32, offset: i32): usize {
  store<f32>(e, value);
  store<i32>(e, offset, 4);
  return e + (usize(value != <f32>0) << 3);
}
