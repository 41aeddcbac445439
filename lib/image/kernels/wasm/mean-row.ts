/**
 * One row of `thresholdMean`: `columns` (i32, the sums of the rows above it) takes in the row at `coming` and lets go that at `going` (0: none), then
 * ink as 1 at `out` where a px at `data` times the window's area is below `ratio` times the window's sum.
 * @param sums (width + 1) x 4 bytes of scratch
 * @param rows of the window
 *
 * Up to 16 bytes behind each of `data`, `coming`, `going` are read, and written behind `out`.
 */
export function meanRow(
  out: usize, data: usize, coming: usize, going: usize, columns: usize, sums: usize,
  width: i32, reach: i32, rows: i32, ratio: f64,
): void {
  if (coming != 0) for (let x: i32 = 0; x < width; x += 4) add(columns + (usize(x) << 2), widen(coming + usize(x)));
  if (going != 0) for (let x: i32 = 0; x < width; x += 4) add(columns + (usize(x) << 2), i32x4.neg(widen(going + usize(x))));
  let sum: i32 = 0;
  store<i32>(sums, 0);
  for (let x: i32 = 0; x < width; x++) {
    sum += load<i32>(columns + (usize(x) << 2));
    store<i32>(sums + (usize(x + 1) << 2), sum);
  }
  const inner = min(width - reach, width);
  let x: i32 = 0;
  for (; x < min(reach, width); x++) cell(out, data, sums, x, width, reach, rows, ratio);
  // In the middle every window has the same area.
  const area = f64x2.splat(f64((2 * reach + 1) * rows));
  const ratios = f64x2.splat(ratio);
  for (; x + 4 <= inner; x += 4) {
    const window = i32x4.sub(v128.load(sums + (usize(x + reach + 1) << 2)), v128.load(sums + (usize(x - reach) << 2)));
    const values = widen(data + usize(x));
    const low = f64x2.lt(f64x2.mul(f64x2.convert_low_i32x4_s(values), area), f64x2.mul(ratios, f64x2.convert_low_i32x4_s(window)));
    const high = f64x2.lt(
      f64x2.mul(f64x2.convert_low_i32x4_s(upper(values)), area),
      f64x2.mul(ratios, f64x2.convert_low_i32x4_s(upper(window))),
    );
    const ink = v128.shuffle<u8>(low, high, 0, 8, 16, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    store<u32>(out + usize(x), i32x4.extract_lane(ink, 0) & 0x01010101);
  }
  for (; x < width; x++) cell(out, data, sums, x, width, reach, rows, ratio);
}

// @ts-ignore: decorator
@inline
function cell(out: usize, data: usize, sums: usize, x: i32, width: i32, reach: i32, rows: i32, ratio: f64): void {
  const first = max(0, x - reach);
  const end = min(width, x + reach + 1);
  const window = load<i32>(sums + (usize(end) << 2)) - load<i32>(sums + (usize(first) << 2));
  const area = (end - first) * rows;
  store<u8>(out + usize(x), f64(load<u8>(data + usize(x))) * f64(area) < ratio * f64(window) ? 1 : 0);
}

// @ts-ignore: decorator
@inline
function widen(at: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}

// @ts-ignore: decorator
@inline
function upper(values: v128): v128 {
  return v128.shuffle<u32>(values, values, 2, 3, 2, 3);
}

// @ts-ignore: decorator
@inline
function add(at: usize, values: v128): void {
  v128.store(at, i32x4.add(v128.load(at), values));
}
