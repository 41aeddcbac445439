import { firstColumn, panelCount, ROW } from "./panels";

/**
 * turned (o from `from` to `to` x 32) = columns o of w (I x O, in panels), of the inputs i0 to i0 + width: a block of a panel of w^T.
 * `from` is a multiple of 8. Blocks of 4 x 4 through registers. What lies beyond I and O is read and written, and never used.
 */
export function transposeBlock(turned: usize, w: usize, I: i32, O: i32, i0: i32, width: i32, from: i32, to: i32): void {
  let p: i32 = 0;
  while (firstColumn(O, p + 1) <= from) p++;
  for (let o = from; o < to; p++) {
    const start = firstColumn(O, p);
    const end = min(firstColumn(O, p + 1), (to + 7) & ~7);
    const source = w + usize(p * I * ROW + i0 * ROW + ((o - start) << 2));
    movePanel(turned + usize((o - from) * ROW), source, width, end - o);
    o = end;
  }
}

/** to (n x m) = from (m x n) transposed; both have rows of 32 floats. */
function movePanel(to: usize, from: usize, m: i32, n: i32): void {
  for (let i: i32 = 0; i < m; i += 4) {
    for (let o: i32 = 0; o < n; o += 4) {
      const p = from + usize(i * ROW + (o << 2));
      const a = v128.load(p);
      const b = v128.load(p, ROW);
      const c = v128.load(p, 2 * ROW);
      const d = v128.load(p, 3 * ROW);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const AB = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const CD = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      const q = to + usize(o * ROW + (i << 2));
      v128.store(q, v128.shuffle<i32>(ab, cd, 0, 1, 4, 5));
      v128.store(q, v128.shuffle<i32>(ab, cd, 2, 3, 6, 7), ROW);
      v128.store(q, v128.shuffle<i32>(AB, CD, 0, 1, 4, 5), 2 * ROW);
      v128.store(q, v128.shuffle<i32>(AB, CD, 2, 3, 6, 7), 3 * ROW);
    }
  }
}
