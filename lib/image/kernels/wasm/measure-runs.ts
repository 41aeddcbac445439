import { get } from "./words";

/**
 * For each of `count` components of ink, from 1: how much darker than paper its darkest px is, as a share of the paper's level (f32 at `contrasts`), and how many of its px
 * are not 0 at `band` (i32 at `banded`). Its runs are those from one i32 at `firstRun` to before the next: row, first column, and the column behind the last, i32
 * each at `rows`, `starts`, `ends`.
 * @param gray,band pictures of `width` px a row; up to 16 bytes behind `band` are read
 * @param level the paper's for each block of 4 x 4 px, `blocksX` a row
 */
export function measureRuns(
  gray: usize, band: usize, width: i32, level: usize, blocksX: i32, firstRun: usize, rows: usize, starts: usize, ends: usize,
  count: i32, contrasts: usize, banded: usize,
): void {
  for (let label: i32 = 1; label <= count; label++) {
    let most: f64 = 0;
    let onBand: i32 = 0;
    for (let run = get(firstRun, label - 1), behind = get(firstRun, label); run < behind; run++) {
      const y = get(rows, run);
      const start = get(starts, run);
      const end = get(ends, run);
      const row = gray + usize(y * width);
      const levels = level + usize((y >> 2) * blocksX);
      // Within a block of 4 px the paper is the same: its darkest px decides.
      for (let x = start; x < end; ) {
        const block = x >> 2;
        const next = min(end, 4 * block + 4);
        let darkest: i32 = 255;
        for (; x < next; x++) darkest = min(darkest, <i32>load<u8>(row + usize(x)));
        most = max(most, 1 - f64(darkest) / f64(load<u8>(levels + usize(block))));
      }
      const marks = band + usize(y * width);
      for (let x = start; x < end; x += 16) {
        let bits: u32 = <u32>i8x16.bitmask(i8x16.ne(v128.load(marks + usize(x)), i64x2.splat(0)));
        if (end - x < 16) bits &= (1 << (end - x)) - 1;
        onBand += i32(popcnt(bits));
      }
    }
    store<f32>(contrasts + (usize(label) << 2), f32(most));
    store<i32>(banded + (usize(label) << 2), onBand);
  }
}
