import { knotBehind, middleAt, rounded } from "./line-places";

/**
 * Between the places `start` and `end` of a line: the first px across it that it hides, and the one behind the last, as i32 at `top` and `bottom`; how far
 * ink goes on before and behind, at most `longest` px and not into what another line hides, as bytes at `up` and `down`. Hidden by this line are px
 * with `bit` at `hidden`, by others those with `other`.
 * @param depth px of the picture across the line
 * @returns whether ink goes on anywhere
 */
export function lineStrokes(
  ink: usize, hidden: usize, knots: usize, knotCount: i32, top: usize, bottom: usize, up: usize, down: usize, start: i32, end: i32,
  bit: i32, other: i32, longest: i32, along: i32, across: i32, depth: i32,
): bool {
  let knot: i32 = 1;
  let any = false;
  for (let i = start; i < end; i++) {
    const place = f64(i) + 0.5;
    knot = knotBehind(knots, knotCount, place, knot);
    const middle = i32(min(f64(depth - 1), max(0, Math.floor(middleAt(knots, knotCount, place, knot)))));
    const base = usize(i * along);
    let a = middle;
    let b = middle;
    if ((<i32>load<u8>(hidden + base + usize(middle * across)) & bit) != 0) {
      while (a > 0 && (<i32>load<u8>(hidden + base + usize((a - 1) * across)) & bit) != 0) a--;
      while (b < depth && (<i32>load<u8>(hidden + base + usize(b * across)) & bit) != 0) b++;
    }
    const before = follow(ink, hidden, base + usize((a - 1) * across), -across, min(longest, a), other);
    const behind = follow(ink, hidden, base + usize(b * across), across, min(longest, depth - b), other);
    const n = usize(i - start);
    store<i32>(top + (n << 2), a);
    store<i32>(bottom + (n << 2), b);
    store<u8>(up + n, before);
    store<u8>(down + n, behind);
    any = any || before + behind != 0;
  }
  return any;
}

// @ts-ignore: decorator
@inline
function follow(ink: usize, hidden: usize, at: usize, step: i32, most: i32, other: i32): i32 {
  let n: i32 = 0;
  for (let px = at; n < most; px += usize(step), n++) {
    if (load<u8>(ink + px) == 0 || (<i32>load<u8>(hidden + px) & other) != 0) break;
  }
  return n;
}

/** 1 at `band` within `half` px of a line's middle, between the places `start` and `end`. */
export function markBand(
  band: usize, knots: usize, knotCount: i32, start: i32, end: i32, half: f64, along: i32, across: i32, depth: i32,
): void {
  let knot: i32 = 1;
  for (let i = start; i < end; i++) {
    const place = f64(i) + 0.5;
    knot = knotBehind(knots, knotCount, place, knot);
    const middle = middleAt(knots, knotCount, place, knot);
    const first = max(0, rounded(middle - half));
    const last = min(depth, rounded(middle + half));
    let px = band + usize(i * along + first * across);
    for (let k = first; k < last; k++, px += usize(across)) store<u8>(px, 1);
  }
}

/** Nought at `ink` where there is anything at `hidden`, `n` bytes; up to 15 more may be changed. */
export function clearHidden(ink: usize, hidden: usize, n: i32): void {
  const zero = i64x2.splat(0);
  for (let i: usize = 0; i < usize(n); i += 16) {
    const seen = i8x16.eq(v128.load(hidden + i), zero);
    if (!i8x16.all_true(seen)) v128.store(ink + i, v128.and(v128.load(ink + i), seen));
  }
}
