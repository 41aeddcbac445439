import { knotBehind, middleAt, rounded } from "./line-places";

/**
 * What subtracting a line makes of each grey, by bins of the distance from its middle: at `kinds` a byte each, 0 where the line takes no light away, 1
 * where it hides what was written, 2 where grey becomes what stands in its 256 bytes at `table`.
 * @param lows,usuals the light that comes through, f32; `clear` and `hidden` bound the kinds
 */
export function lineTable(lows: usize, usuals: usize, kinds: usize, table: usize, bins: i32, clear: f64, hidden: f64): void {
  for (let bin: i32 = 0; bin < bins; bin++) {
    const low = f64(load<f32>(lows + (usize(bin) << 2)));
    const kind: i32 = low >= clear ? 0 : low < hidden ? 1 : 2;
    store<u8>(kinds + usize(bin), kind);
    if (kind != 2) continue;
    const light = low + f64(load<f32>(usuals + (usize(bin) << 2)));
    const lights = f64x2.splat(light);
    const half = f64x2.splat(0.5);
    const one = f64x2.splat(1);
    const to = table + (usize(bin) << 8);
    for (let grey: i32 = 0; grey < 256; grey += 2) {
      const value = f64x2.div(f64x2(f64(2 * grey), f64(2 * grey + 2)), lights);
      const whole = f64x2.floor(value);
      // Rounded as JavaScript's Math.round does.
      const up = v128.and(f64x2.ge(f64x2.sub(value, whole), half), one);
      const out = i32x4.min_s(i32x4.trunc_sat_f64x2_s_zero(f64x2.add(whole, up)), i32x4.splat(255));
      store<u8>(to + usize(grey), i32x4.extract_lane(out, 0));
      store<u8>(to + usize(grey) + 1, i32x4.extract_lane(out, 1));
    }
  }
}

/** A line as `subtractLines` takes it, five i32: the address of its knots, how many, its first place and the one behind its last, the next knot (1). */
const RECORD: usize = 32;

/**
 * Takes lines that have one direction and one profile out of the picture at `data`: at each one's places, the px of bins `firstBin` to `lastBin`, as `lineTable` says; what is
 * hidden becomes paper and gets `bit` at `hidden`, and what is hidden already is left alone. Upright lines go row by row, all of them: each by itself
 * would touch other pages of memory at each place.
 * @param level the paper's for each block of 4 x 4 px, `blockAlong` and `blockAcross` apart
 * @param depth px of the picture across the line
 */
export function subtractLines(
  data: usize, hidden: usize, level: usize, records: usize, count: i32, kinds: usize, table: usize,
  firstBin: i32, lastBin: i32, reach: i32, perPx: i32, bit: i32, along: i32, across: i32, depth: i32, blockAlong: i32, blockAcross: i32,
): void {
  const behind = records + usize(count) * RECORD;
  if (along == 1) {
    for (let record = records; record < behind; record += RECORD) {
      for (let i = load<i32>(record, 8), end = load<i32>(record, 12); i < end; i++) {
        subtractAt(i, data, hidden, level, record, kinds, table, firstBin, lastBin, reach, perPx, bit, along, across, depth, blockAlong, blockAcross);
      }
    }
    return;
  }
  let from = i32.MAX_VALUE;
  let to: i32 = 0;
  for (let record = records; record < behind; record += RECORD) {
    from = min(from, load<i32>(record, 8));
    to = max(to, load<i32>(record, 12));
  }
  for (let i = from; i < to; i++) {
    for (let record = records; record < behind; record += RECORD) {
      if (i < load<i32>(record, 8) || i >= load<i32>(record, 12)) continue;
      subtractAt(i, data, hidden, level, record, kinds, table, firstBin, lastBin, reach, perPx, bit, along, across, depth, blockAlong, blockAcross);
    }
  }
}

// @ts-ignore: decorator
@inline
function subtractAt(
  i: i32, data: usize, hidden: usize, level: usize, record: usize, kinds: usize, table: usize,
  firstBin: i32, lastBin: i32, reach: i32, perPx: i32, bit: i32, along: i32, across: i32, depth: i32, blockAlong: i32, blockAcross: i32,
): void {
  const knots = usize(load<i32>(record));
  const knotCount = load<i32>(record, 4);
  const place = f64(i) + 0.5;
  const knot = knotBehind(knots, knotCount, place, load<i32>(record, 16));
  store<i32>(record, knot, 16);
  const middle = middleAt(knots, knotCount, place, knot);
  const outermost = middle - f64(reach) - 0.5;
  const last = i32(min(f64(depth - 1), Math.floor(outermost + f64(lastBin) / f64(perPx))));
  const first = i32(max(0, Math.ceil(outermost + f64(firstBin) / f64(perPx))));
  // A px farther is a whole number of bins farther: the differences are exact in binary fractions.
  let bin = rounded((f64(first) + 0.5 - middle + f64(reach)) * f64(perPx));
  let px = usize(i * along + first * across);
  for (let k = first; k <= last; k++, px += usize(across), bin += perPx) {
    const kind = load<u8>(kinds + usize(bin));
    if (kind == 1) {
      store<u8>(hidden + px, load<u8>(hidden + px) | <u8>bit);
      store<u8>(data + px, load<u8>(level + usize((i >> 2) * blockAlong + (k >> 2) * blockAcross)));
    } else if (kind == 2 && load<u8>(hidden + px) == 0) {
      store<u8>(data + px, load<u8>(table + (usize(bin) << 8) + usize(load<u8>(data + px))));
    }
  }
}
