import { rounded } from "./line-places";
import { firstBytes } from "./sums-across";

// @ts-ignore: decorator
@inline
function cell(floats: usize, i: i32): f64 {
  return f64(load<f32>(floats + (usize(i) << 2)));
}

// @ts-ignore: decorator
@inline
function mixed(a: f64, b: f64, c: f64, d: f64, fx: f64, fy: f64): f64 {
  const top = a + (b - a) * fx;
  const bottom = c + (d - c) * fx;
  return top + (bottom - top) * fy;
}

/**
 * Light over the paper's on a grid of `columns` by `rows` px whose first lies at (`left`, `above`) and the share (`fx`, `fy`) of a px behind it in the picture
 * at `data`: f32 at `out`, 1 beyond the picture.
 * @param level the paper's for each block of 4 x 4 px, `blocksX` a row
 */
export function textLight(
  data: usize, width: i32, height: i32, level: usize, blocksX: i32, left: i32, above: i32, fx: f64, fy: f64,
  columns: i32, rows: i32, out: usize,
): void {
  for (let i: i32 = 0; i < columns * rows; i++) store<f32>(out + (usize(i) << 2), 1);
  for (let y = max(0, -above); y < min(rows, height - 1 - above); y++) {
    const blocks = level + usize(((above + y) >> 2) * blocksX);
    const row = data + usize((above + y) * width);
    for (let x = max(0, -left); x < min(columns, width - 1 - left); x++) {
      const px = row + usize(left + x);
      const below = px + usize(width);
      const grey = mixed(f64(load<u8>(px)), f64(load<u8>(px, 1)), f64(load<u8>(below)), f64(load<u8>(below, 1)), fx, fy);
      store<f32>(out + (usize(y * columns + x) << 2), f32(grey / f64(load<u8>(blocks + usize((left + x) >> 2)))));
    }
  }
}

/**
 * For each of `cells` cells the value that `rank` others come before in order, of `count` grids of f32 at `grids`, `stride` bytes apart: f32 at `out`.
 * Four cells at a time; up to 12 bytes more are read and written.
 * @param least 16 bytes for each of the `rank` + 1 smallest
 */
export function textMedian(grids: usize, stride: i32, count: i32, cells: i32, rank: i32, least: usize, out: usize): void {
  for (let i: usize = 0; i < usize(cells) << 2; i += 16) {
    for (let k: i32 = 0; k <= rank; k++) v128.store(least + (usize(k) << 4), f32x4.splat(Infinity));
    for (let g: i32 = 0; g < count; g++) {
      let value = v128.load(grids + usize(g * stride) + i);
      for (let k: i32 = 0; k <= rank; k++) {
        const at = least + (usize(k) << 4);
        const here = v128.load(at);
        v128.store(at, f32x4.pmin(here, value));
        value = f32x4.pmax(here, value);
      }
    }
    v128.store(out + i, v128.load(least + (usize(rank) << 4)));
  }
}

/**
 * The darkest of each cell and its four neighbours, f32 at `low`; and at `clear` 1 where such a cell, the one right of it and the two below are all at least `light`,
 * 0 elsewhere, as in the last column and row.
 */
export function textReach(print: usize, low: usize, clear: usize, columns: i32, rows: i32, light: f64): void {
  for (let y: i32 = 0, i: i32 = 0; y < rows; y++) {
    for (let x: i32 = 0; x < columns; x++, i++) {
      let least = cell(print, i);
      if (x > 0) least = min(least, cell(print, i - 1));
      if (x < columns - 1) least = min(least, cell(print, i + 1));
      if (y > 0) least = min(least, cell(print, i - columns));
      if (y < rows - 1) least = min(least, cell(print, i + columns));
      store<f32>(low + (usize(i) << 2), f32(least));
    }
  }
  for (let y: i32 = 0, i: i32 = 0; y < rows; y++) {
    for (let x: i32 = 0; x < columns; x++, i++) {
      const inside = x < columns - 1 && y < rows - 1;
      const darkest = inside ? min(min(cell(low, i), cell(low, i + 1)), min(cell(low, i + columns), cell(low, i + columns + 1))) : 0;
      store<u8>(clear + usize(i), darkest >= light ? 1 : 0);
    }
  }
}

/**
 * Takes a text out of the picture at `gray`: its first px is (`left`, `top`), so far (`fx`, `fy`) behind the grid's first cell. Where the print lets less than `least` through
 * px become paper and get `bit` at `hidden`; elsewhere, up to `light`, they get back what it takes, if nothing hides them.
 */
export function subtractText(
  gray: usize, hidden: usize, width: i32, height: i32, level: usize, blocksX: i32, print: usize, low: usize, clear: usize,
  columns: i32, rows: i32, left: i32, top: i32, fx: f64, fy: f64, light: f64, least: f64, bit: i32,
): void {
  const endX = min(columns - 1, width - left);
  for (let y = max(0, -top), endY = min(rows - 1, height - top); y < endY; y++) {
    const py = top + y;
    for (let x = max(0, -left); x < endX; x++) {
      const i = y * columns + x;
      if (load<u8>(clear + usize(i)) != 0) continue;
      const darkest = mixed(cell(low, i), cell(low, i + 1), cell(low, i + columns), cell(low, i + columns + 1), fx, fy);
      if (darkest >= light) continue;
      const px = usize(py * width + left + x);
      if (darkest < least) {
        store<u8>(hidden + px, load<u8>(hidden + px) | <u8>bit);
        store<u8>(gray + px, load<u8>(level + usize((py >> 2) * blocksX + ((left + x) >> 2))));
      } else if (load<u8>(hidden + px) == 0) {
        const usual = mixed(cell(print, i), cell(print, i + 1), cell(print, i + columns), cell(print, i + columns + 1), fx, fy);
        store<u8>(gray + px, min(255, rounded(f64(2 * <i32>load<u8>(gray + px)) / (darkest + usual))));
      }
    }
  }
}

/**
 * From (x0, y0) to before (x1, y1), none of it at the picture's border: px of `original` below three quarters of the paper's level, and those beside them, become paper at
 * `gray` and get `bit` at `hidden`. Each row is gone through from a multiple of 16 px to another: what lies there is read, and written as it was.
 */
export function hideDark(
  original: usize, gray: usize, hidden: usize, width: i32, level: usize, blocksX: i32, x0: i32, y0: i32, x1: i32, y1: i32, bit: i32,
): void {
  const bits = i8x16.splat(<i8>bit);
  for (let y = y0; y < y1; y++) {
    const blocks = level + usize((y >> 2) * blocksX);
    for (let x = x0 & ~15; x < x1; x += 16) {
      const at = usize(y * width + x);
      const px = original + at;
      const beside = i8x16.min_u(v128.load(px - 1), v128.load(px + 1));
      const darkest = i8x16.min_u(v128.load(px), i8x16.min_u(beside, i8x16.min_u(v128.load(px - usize(width)), v128.load(px + usize(width)))));
      const four = v128.load32_zero(blocks + usize(x >> 2));
      const paper = v128.shuffle<u8>(four, four, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
      // A whole number lies below 3/4 of another where it lies below that less its quarter, rounded down.
      let dark = i8x16.lt_u(darkest, i8x16.sub(paper, i8x16.shr_u(paper, 2)));
      dark = v128.and(dark, firstBytes(min(16, x1 - x)));
      if (x < x0) dark = v128.andnot(dark, firstBytes(x0 - x));
      if (!v128.any_true(dark)) continue;
      v128.store(hidden + at, v128.or(v128.load(hidden + at), v128.and(bits, dark)));
      v128.store(gray + at, v128.bitselect(paper, v128.load(gray + at), dark));
    }
  }
}
