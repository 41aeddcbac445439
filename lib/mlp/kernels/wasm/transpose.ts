import { firstColumn, panelWidth } from "./panels";

/**
 * wt (O x I) = w (I x O) transposed, both in panels; wt has P = O rounded up to 8 rows, so that no block is cut. Thread t writes its columns
 * of wt. Blocks of 4 x 4 through registers. What lies beyond I and O is read and written, and never used.
 */
export function transpose(wt: usize, w: usize, I: i32, O: i32, t: i32, T: i32): void {
  const P = (O + 7) & ~7;
  const end = firstColumn(I, t + 1, T);
  let i0 = firstColumn(I, t, T);
  while (i0 < end) {
    const width = panelWidth(i0, end);
    for (let source: i32 = 0; source < T; source++) {
      const lastColumn = firstColumn(O, source + 1, T);
      let o0 = firstColumn(O, source, T);
      while (o0 < lastColumn) {
        const sourceWidth = panelWidth(o0, lastColumn);
        movePanel(wt + (usize(i0 * P + o0 * width) << 2), width, w + (usize(o0 * I + i0 * sourceWidth) << 2), sourceWidth);
        o0 += sourceWidth;
      }
    }
    i0 += width;
  }
}

/** to (n x m) = from (m x n) transposed, rows of m and n floats without gaps. */
function movePanel(to: usize, m: i32, from: usize, n: i32): void {
  const toRow = usize(m) << 2;
  const fromRow = usize(n) << 2;
  for (let i: i32 = 0; i < m; i += 4) {
    for (let o: i32 = 0; o < n; o += 4) {
      const p = from + (usize(i * n + o) << 2);
      const a = v128.load(p);
      const b = v128.load(p + fromRow);
      const c = v128.load(p + 2 * fromRow);
      const d = v128.load(p + 3 * fromRow);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const AB = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const CD = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      const q = to + (usize(o * m + i) << 2);
      v128.store(q, v128.shuffle<i32>(ab, cd, 0, 1, 4, 5));
      v128.store(q + toRow, v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
      v128.store(q + 2 * toRow, v128.shuffle<i32>(AB, CD, 0, 1, 4, 5));
      v128.store(q + 3 * toRow, v128.shuffle<i32>(AB, CD, 2, 3, 6, 7));
    }
  }
}
