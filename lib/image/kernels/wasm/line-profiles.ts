import { knotBehind, middleAt, rounded } from "./line-places";
import { firstBytes } from "./sums-across";

/**
 * Stretches of lines, 32 bytes each: the address of the first px, at an end of the profile across the line; the number of places along it (at most 64); the
 * paper's level; where the stretch's values begin among those of all; the row (column) in the middle of the profile; the line's knots, how many;
 * the first place. A profile is `depth` px across the line, `across` apart; places are `along` apart. One of the two is 1.
 */
const RECORD: usize = 32;
/** Grey levels of light that are told apart. */
const LEVELS: i32 = 64;

// @ts-ignore: decorator
@inline
function sumOf(bytes: v128): i32 {
  const four = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
  const two = i32x4.add(four, v128.shuffle<u32>(four, four, 2, 3, 0, 1));
  return i32x4.extract_lane(two, 0) + i32x4.extract_lane(two, 1);
}

// @ts-ignore: decorator
@inline
function massOf(first: i32, last: i32, sum: i32, depth: i32, level: f64, least: f64): f32 {
  if (f64(min(first, last)) < least) return NaN;
  return f32((f64(first + last) / 2 * f64(depth) - f64(sum)) / level);
}

/**
 * The light taken away in each place, in px of full black, as f32 at `masses`; NaN where an end of the profile has less than `share` of the paper's light.
 * @param scratch 256 bytes
 */
export function lineMasses(
  records: usize, count: i32, masses: usize, scratch: usize, along: i32, across: i32, depth: i32, share: f64,
): void {
  const end = records + usize(count) * RECORD;
  for (let record = records; record < end; record += RECORD) {
    const at = usize(load<i32>(record));
    const n = load<i32>(record, 4);
    const level = f64(load<i32>(record, 8));
    const out = masses + (usize(load<i32>(record, 12)) << 2);
    const least = share * level;
    const lastOffset = usize((depth - 1) * across);
    if (along == 1) {
      for (let i: i32 = 0; i < n; i += 16) {
        let low = i64x2.splat(0);
        let high = i64x2.splat(0);
        let px = at + usize(i);
        for (let k: i32 = 0; k < depth; k++, px += usize(across)) {
          const row = v128.load(px);
          low = i16x8.add(low, i16x8.extend_low_i8x16_u(row));
          high = i16x8.add(high, i16x8.extend_high_i8x16_u(row));
        }
        v128.store(scratch, low);
        v128.store(scratch + 16, high);
        for (let c: i32 = 0; c < min(16, n - i); c++) {
          const first = at + usize(i + c);
          const sum = <i32>load<u16>(scratch + (usize(c) << 1));
          store<f32>(out + (usize(i + c) << 2), massOf(<i32>load<u8>(first), <i32>load<u8>(first + lastOffset), sum, depth, level, least));
        }
      }
    } else if (depth <= 16) {
      const own = firstBytes(depth);
      for (let i: i32 = 0, px = at; i < n; i++, px += usize(along)) {
        const sum = sumOf(v128.and(v128.load(px), own));
        store<f32>(out + (usize(i) << 2), massOf(<i32>load<u8>(px), <i32>load<u8>(px + lastOffset), sum, depth, level, least));
      }
    } else {
      for (let i: i32 = 0, px = at; i < n; i++, px += usize(along)) {
        let sum: i32 = 0;
        for (let k: i32 = 0; k < depth; k++) sum += <i32>load<u8>(px + usize(k));
        store<f32>(out + (usize(i) << 2), massOf(<i32>load<u8>(px), <i32>load<u8>(px + lastOffset), sum, depth, level, least));
      }
    }
  }
}

/** 255 at `free` where a mass lies between `least` and `most`, else 0; `n` of them. */
export function lineFree(masses: usize, free: usize, n: i32, least: f64, most: f64): void {
  for (let i: i32 = 0; i < n; i++) {
    const mass = f64(load<f32>(masses + (usize(i) << 2)));
    store<u8>(free + usize(i), mass >= least && mass <= most ? 255 : 0);
  }
}

/**
 * The sums of the free places' profiles, for each stretch `depth` of i32 at `sums` and behind them the number of these places.
 * @param scratch 32 bytes
 */
export function lineSums(
  records: usize, count: i32, free: usize, sums: usize, scratch: usize, along: i32, across: i32, depth: i32,
): void {
  const end = records + usize(count) * RECORD;
  let out = sums;
  for (let record = records; record < end; record += RECORD, out += usize(depth + 1) << 2) {
    const at = usize(load<i32>(record));
    const n = load<i32>(record, 4);
    const own = free + usize(load<i32>(record, 12));
    let places: i32 = 0;
    for (let i: i32 = 0; i < n; i++) places += <i32>load<u8>(own + usize(i)) & 1;
    store<i32>(out + (usize(depth) << 2), places);
    if (along == 1) {
      for (let k: i32 = 0; k < depth; k++) {
        const row = at + usize(k * across);
        let sum: i32 = 0;
        for (let i: i32 = 0; i < n; i += 16) {
          const mask = n - i >= 16 ? v128.load(own + usize(i)) : v128.and(v128.load(own + usize(i)), firstBytes(n - i));
          sum += sumOf(v128.and(v128.load(row + usize(i)), mask));
        }
        store<i32>(out + (usize(k) << 2), sum);
      }
    } else {
      for (let k: i32 = 0; k < depth; k += 16) {
        let low = i64x2.splat(0);
        let high = i64x2.splat(0);
        for (let i: i32 = 0, px = at + usize(k); i < n; i++, px += usize(along)) {
          const row = v128.and(v128.load(px), i8x16.splat(load<i8>(own + usize(i))));
          low = i16x8.add(low, i16x8.extend_low_i8x16_u(row));
          high = i16x8.add(high, i16x8.extend_high_i8x16_u(row));
        }
        v128.store(scratch, low);
        v128.store(scratch + 16, high);
        for (let c: i32 = 0; c < min(16, depth - k); c++) store<i32>(out + (usize(k + c) << 2), <i32>load<u16>(scratch + (usize(c) << 1)));
      }
    }
  }
}

/**
 * Counts how light the free places' px are: at `counts`, i32, for each bin of a distance from the line's middle `LEVELS` levels of light.
 * @param levels for each level of paper and each grey its level of light, 256 x 256 bytes
 * @param reach bin 0 is so many px before the middle; `perPx` bins a px, `bins` in all
 */
export function lineCounts(
  records: usize, count: i32, free: usize, levels: usize, counts: usize, along: i32, across: i32, depth: i32, perPx: i32, bins: i32,
): void {
  const end = records + usize(count) * RECORD;
  for (let record = records; record < end; record += RECORD) {
    const at = usize(load<i32>(record));
    const n = load<i32>(record, 4);
    const table = levels + (usize(load<i32>(record, 8)) << 8);
    const own = free + usize(load<i32>(record, 12));
    const middle = f64(load<i32>(record, 16)) + 0.5;
    const knots = usize(load<i32>(record, 20));
    const knotCount = load<i32>(record, 24);
    const from = load<i32>(record, 28);
    let knot: i32 = 1;
    for (let i: i32 = 0; i < n; i++) {
      if (load<u8>(own + usize(i)) == 0) continue;
      const place = f64(from + i) + 0.5;
      knot = knotBehind(knots, knotCount, place, knot);
      // A px farther is a whole number of bins farther: the differences are exact in binary fractions.
      let bin = rounded((middle - middleAt(knots, knotCount, place, knot)) * f64(perPx));
      let px = at + usize(i * along);
      for (let k: i32 = 0; k < depth; k++, px += usize(across), bin += perPx) {
        // Below 0 it is a large number.
        if (<u32>bin >= <u32>bins) continue;
        const cell = counts + (usize(bin * LEVELS + <i32>load<u8>(table + usize(load<u8>(px)))) << 2);
        store<i32>(cell, load<i32>(cell) + 1);
      }
    }
  }
}

/** 1 at `places` where at least three of the five masses around, within the stretch, are at most `most`, and its own is one; else 0. */
export function linePlaces(masses: usize, places: usize, n: i32, most: f64): void {
  for (let i: i32 = 0; i < n; i++) {
    const own = load<f32>(masses + (usize(i) << 2));
    let votes: i32 = 0;
    for (let k = max(0, i - 2); k < min(n, i + 3); k++) votes += i32(f64(load<f32>(masses + (usize(k) << 2))) <= most);
    store<u8>(places + usize(i), own == own && votes >= 3 ? 1 : 0);
  }
}
