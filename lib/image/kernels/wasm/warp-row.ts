/** 1.5 x 2^16: a place below 32,768 px added to it has 36 bits of 1 behind the point, in the lower bits of the sum. */
const SNAP: f64 = 98304.0;
const SNAP_BITS: i64 = 0x40f8000000000000;

/**
 * `runs` runs of 16 px at `out`, bilinear from the picture of `stride` px a row at `data`: bit for bit what ../../value-at.ts gives. Each run is
 * four f64 at `steps`: u and v of its first px (px centres at whole numbers) and what they grow by with each px, all of them multiples of 2^-36: their sums are
 * exact. All its px have neighbours to the right and below. Reads up to 16 bytes behind the picture.
 */
export function warpRow(out: usize, data: usize, steps: usize, runs: i32, stride: i32): void {
  for (let run: i32 = 0; run < runs; run++) {
    const step = fixed(steps + 16);
    const twice = i64x2.add(step, step);
    const place = fixed(steps);
    const next = eight(out, data, stride, place, i64x2.add(place, step), twice);
    eight(out + 8, data, stride, next, i64x2.add(next, step), twice);
    out += 16;
    steps += 32;
  }
}

/** Two f64 as multiples of 2^-40: the upper half of such an i64 counts 256ths of a px. */
// @ts-ignore: decorator
@inline
function fixed(at: usize): v128 {
  return i64x2.shl(i64x2.sub(f64x2.add(v128.load(at), f64x2.splat(SNAP)), i64x2.splat(SNAP_BITS)), 4);
}

/** Eight px from `even` and the one behind it, `odd`, on, `twice` apart. @returns the place behind them */
// @ts-ignore: decorator
@inline
function eight(out: usize, data: usize, stride: i32, even: v128, odd: v128, twice: v128): v128 {
  // Of each two px the lower and the upper halves of both u, of both v; of four px then the upper halves.
  const u01 = v128.shuffle<u32>(even, odd, 0, 4, 1, 5);
  const v01 = v128.shuffle<u32>(even, odd, 2, 6, 3, 7);
  even = i64x2.add(even, twice);
  odd = i64x2.add(odd, twice);
  const u23 = v128.shuffle<u32>(even, odd, 0, 4, 1, 5);
  const v23 = v128.shuffle<u32>(even, odd, 2, 6, 3, 7);
  even = i64x2.add(even, twice);
  odd = i64x2.add(odd, twice);
  const u45 = v128.shuffle<u32>(even, odd, 0, 4, 1, 5);
  const v45 = v128.shuffle<u32>(even, odd, 2, 6, 3, 7);
  even = i64x2.add(even, twice);
  odd = i64x2.add(odd, twice);
  const u67 = v128.shuffle<u32>(even, odd, 0, 4, 1, 5);
  const v67 = v128.shuffle<u32>(even, odd, 2, 6, 3, 7);
  const ua = v128.shuffle<u64>(u01, u23, 1, 3);
  const ub = v128.shuffle<u64>(u45, u67, 1, 3);
  const va = v128.shuffle<u64>(v01, v23, 1, 3);
  const vb = v128.shuffle<u64>(v45, v67, 1, 3);
  const left = i32x4.extract_lane(ua, 0) >> 8;
  const top = i32x4.extract_lane(va, 0) >> 8;
  const upmost = min(top, i32x4.extract_lane(vb, 3) >> 8);
  const down = max(top, i32x4.extract_lane(vb, 3) >> 8) - upmost;
  let above: v128;
  let below: v128;
  // Fractions of 8 bits.
  let fx: v128;
  let fy: v128;
  // Places on a straight line: what holds of the ends holds between them.
  if (down <= 1 && <u32>((i32x4.extract_lane(ub, 3) >> 8) - left) <= 14) {
    // All px and their right neighbours are in 16 bytes of two rows, or of three where the next one begins on the way.
    const at = data + usize(upmost * stride + left);
    const base = i32x4.splat(left << 8);
    const columns = i16x8.narrow_i32x4_s(i32x4.sub(ua, base), i32x4.sub(ub, base));
    const row = i32x4.splat(upmost << 8);
    const rows = i16x8.narrow_i32x4_s(i32x4.sub(va, row), i32x4.sub(vb, row));
    fx = v128.and(columns, i16x8.splat(255));
    fy = v128.and(rows, i16x8.splat(255));
    // A byte for each px and one for its neighbour: k, k + 1.
    const pairs = i16x8.add(v128.or(i16x8.shr_u(columns, 8), v128.and(columns, i16x8.splat(-256))), i16x8.splat(256));
    const next = i16x8.gt_s(rows, i16x8.splat(255));
    const middle = i8x16.swizzle(v128.load(at + usize(stride)), pairs);
    above = v128.bitselect(middle, i8x16.swizzle(v128.load(at), pairs), next);
    below = v128.bitselect(i8x16.swizzle(v128.load(at + usize((1 + down) * stride)), pairs), middle, next);
  } else {
    const bits = i32x4.splat(255);
    fx = i16x8.narrow_i32x4_s(v128.and(ua, bits), v128.and(ub, bits));
    fy = i16x8.narrow_i32x4_s(v128.and(va, bits), v128.and(vb, bits));
    above = i64x2.splat(0);
    below = i64x2.splat(0);
    let at = data + usize(top * stride + left);
    above = v128.load_lane<u16>(at, above, 0); below = v128.load_lane<u16>(at + usize(stride), below, 0);
    at = data + usize((i32x4.extract_lane(va, 1) >> 8) * stride + (i32x4.extract_lane(ua, 1) >> 8));
    above = v128.load_lane<u16>(at, above, 1); below = v128.load_lane<u16>(at + usize(stride), below, 1);
    at = data + usize((i32x4.extract_lane(va, 2) >> 8) * stride + (i32x4.extract_lane(ua, 2) >> 8));
    above = v128.load_lane<u16>(at, above, 2); below = v128.load_lane<u16>(at + usize(stride), below, 2);
    at = data + usize((i32x4.extract_lane(va, 3) >> 8) * stride + (i32x4.extract_lane(ua, 3) >> 8));
    above = v128.load_lane<u16>(at, above, 3); below = v128.load_lane<u16>(at + usize(stride), below, 3);
    at = data + usize((i32x4.extract_lane(vb, 0) >> 8) * stride + (i32x4.extract_lane(ub, 0) >> 8));
    above = v128.load_lane<u16>(at, above, 4); below = v128.load_lane<u16>(at + usize(stride), below, 4);
    at = data + usize((i32x4.extract_lane(vb, 1) >> 8) * stride + (i32x4.extract_lane(ub, 1) >> 8));
    above = v128.load_lane<u16>(at, above, 5); below = v128.load_lane<u16>(at + usize(stride), below, 5);
    at = data + usize((i32x4.extract_lane(vb, 2) >> 8) * stride + (i32x4.extract_lane(ub, 2) >> 8));
    above = v128.load_lane<u16>(at, above, 6); below = v128.load_lane<u16>(at + usize(stride), below, 6);
    at = data + usize((i32x4.extract_lane(vb, 3) >> 8) * stride + (i32x4.extract_lane(ub, 3) >> 8));
    above = v128.load_lane<u16>(at, above, 7); below = v128.load_lane<u16>(at + usize(stride), below, 7);
  }
  const gx = i16x8.sub(i16x8.splat(256), fx);
  const gy = i16x8.sub(i16x8.splat(256), fy);
  const upper = blend(above, fx, gx);
  const lower = blend(below, fx, gx);
  const half = i32x4.splat(32768);
  const low = i32x4.add(i32x4.add(i32x4.extmul_low_i16x8_u(upper, gy), i32x4.extmul_low_i16x8_u(lower, fy)), half);
  const high = i32x4.add(i32x4.add(i32x4.extmul_high_i16x8_u(upper, gy), i32x4.extmul_high_i16x8_u(lower, fy)), half);
  const values = i16x8.narrow_i32x4_s(i32x4.shr_u(low, 16), i32x4.shr_u(high, 16));
  v128.store64_lane(out, i8x16.narrow_i16x8_u(values, values), 0);
  return i64x2.add(even, twice);
}

/** Between a px (the lower byte of each lane) and its right neighbour (the upper one): 16 bits. */
// @ts-ignore: decorator
@inline
function blend(pairs: v128, fx: v128, gx: v128): v128 {
  return i16x8.add(i16x8.mul(v128.and(pairs, i16x8.splat(255)), gx), i16x8.mul(i16x8.shr_u(pairs, 8), fx));
}

/**
 * How many of the first of `runs` runs at `steps` (as `warpRow` takes them) lie inside: a straight run whose ends are at 1 or more, and below
 * `right` and `bottom`, does, and no px of it needs to be asked.
 */
export function insideRuns(steps: usize, runs: i32, right: f64, bottom: f64): i32 {
  const low = f64x2.splat(1);
  const high = f64x2.replace_lane(f64x2.splat(right), 1, bottom);
  const length = f64x2.splat(16);
  for (let run: i32 = 0; run < runs; run++, steps += 32) {
    const from = v128.load(steps);
    const to = f64x2.add(from, f64x2.mul(length, v128.load(steps + 16)));
    const inside = v128.and(v128.and(f64x2.ge(from, low), f64x2.ge(to, low)), v128.and(f64x2.lt(from, high), f64x2.lt(to, high)));
    if (!i64x2.all_true(inside)) return run;
  }
  return runs;
}

/**
 * Where a row's runs lie on a mesh, as `warpRow` takes them: the mesh's places (u and v, f64 each) in the row above at `upper`, in the one below at `lower`, one more
 * than there are runs; the row lies `share` of the way down. `perRun` is 1 / 16; what `snap` is added to and taken from is rounded to a multiple of 2^-36.
 */
export function meshRuns(steps: usize, upper: usize, lower: usize, runs: i32, share: f64, perRun: f64, snap: f64): void {
  const down = f64x2.splat(share);
  const each = f64x2.splat(perRun);
  const half = f64x2.splat(0.5);
  const grid = f64x2.splat(snap);
  let from = between(upper, lower, down);
  for (let run: i32 = 0; run < runs; run++, steps += 32) {
    upper += 16;
    lower += 16;
    const to = between(upper, lower, down);
    const step = f64x2.mul(f64x2.sub(to, from), each);
    const first = f64x2.add(from, f64x2.mul(step, half));
    v128.store(steps, f64x2.sub(f64x2.add(first, grid), grid));
    v128.store(steps + 16, f64x2.sub(f64x2.add(step, grid), grid));
    from = to;
  }
}

// @ts-ignore: decorator
@inline
function between(upper: usize, lower: usize, share: v128): v128 {
  const a = v128.load(upper);
  return f64x2.add(a, f64x2.mul(f64x2.sub(v128.load(lower), a), share));
}
