/** 2^52: a whole number below it, added to it, stands in the lower half of the sum's bits. */
const WHOLE: f64 = 4503599627370496.0;

/**
 * `runs` runs of 16 px at `out`, bilinear from the picture of `stride` px a row at `data`: bit for bit what ../../value-at.ts gives. Each run is
 * four f64 at `steps`: u and v of its first px (px centres at whole numbers) and what they grow by with each px. All its px have neighbours to the right
 * and below.
 */
export function warpRow(out: usize, data: usize, steps: usize, runs: i32, stride: i32): void {
  // Places in 256ths: the scale by a power of two changes no bit of the sums.
  const scale = f64x2.splat(256);
  for (let run: i32 = 0; run < runs; run++) {
    let place = f64x2.mul(v128.load(steps), scale);
    const step = f64x2.mul(v128.load(steps + 16), scale);
    for (let half: usize = 0; half < 16; half += 8) {
      let above = i64x2.splat(0);
      let below = i64x2.splat(0);
      let p: v128;
      let at: usize;
      p = whole(place); at = address(data, p, stride); place = f64x2.add(place, step);
      above = v128.load_lane<u16>(at, above, 0); below = v128.load_lane<u16>(at + usize(stride), below, 0);
      let q = whole(place); at = address(data, q, stride); place = f64x2.add(place, step);
      above = v128.load_lane<u16>(at, above, 1); below = v128.load_lane<u16>(at + usize(stride), below, 1);
      // The lower halves of both coordinates of two px: u v u v.
      const first = v128.shuffle<u32>(p, q, 0, 2, 4, 6);
      p = whole(place); at = address(data, p, stride); place = f64x2.add(place, step);
      above = v128.load_lane<u16>(at, above, 2); below = v128.load_lane<u16>(at + usize(stride), below, 2);
      q = whole(place); at = address(data, q, stride); place = f64x2.add(place, step);
      above = v128.load_lane<u16>(at, above, 3); below = v128.load_lane<u16>(at + usize(stride), below, 3);
      const second = v128.shuffle<u32>(p, q, 0, 2, 4, 6);
      p = whole(place); at = address(data, p, stride); place = f64x2.add(place, step);
      above = v128.load_lane<u16>(at, above, 4); below = v128.load_lane<u16>(at + usize(stride), below, 4);
      q = whole(place); at = address(data, q, stride); place = f64x2.add(place, step);
      above = v128.load_lane<u16>(at, above, 5); below = v128.load_lane<u16>(at + usize(stride), below, 5);
      const third = v128.shuffle<u32>(p, q, 0, 2, 4, 6);
      p = whole(place); at = address(data, p, stride); place = f64x2.add(place, step);
      above = v128.load_lane<u16>(at, above, 6); below = v128.load_lane<u16>(at + usize(stride), below, 6);
      q = whole(place); at = address(data, q, stride); place = f64x2.add(place, step);
      above = v128.load_lane<u16>(at, above, 7); below = v128.load_lane<u16>(at + usize(stride), below, 7);
      const fourth = v128.shuffle<u32>(p, q, 0, 2, 4, 6);
      // Fractions of 8 bits: eight of u, eight of v.
      const bits = i32x4.splat(255);
      const fx = i16x8.narrow_i32x4_s(
        v128.and(v128.shuffle<u32>(first, second, 0, 2, 4, 6), bits),
        v128.and(v128.shuffle<u32>(third, fourth, 0, 2, 4, 6), bits),
      );
      const fy = i16x8.narrow_i32x4_s(
        v128.and(v128.shuffle<u32>(first, second, 1, 3, 5, 7), bits),
        v128.and(v128.shuffle<u32>(third, fourth, 1, 3, 5, 7), bits),
      );
      const gx = i16x8.sub(i16x8.splat(256), fx);
      const gy = i16x8.sub(i16x8.splat(256), fy);
      const upper = blend(above, fx, gx);
      const lower = blend(below, fx, gx);
      const half16 = i32x4.splat(32768);
      const low = i32x4.add(i32x4.add(i32x4.extmul_low_i16x8_u(upper, gy), i32x4.extmul_low_i16x8_u(lower, fy)), half16);
      const high = i32x4.add(i32x4.add(i32x4.extmul_high_i16x8_u(upper, gy), i32x4.extmul_high_i16x8_u(lower, fy)), half16);
      const values = i16x8.narrow_i32x4_s(i32x4.shr_u(low, 16), i32x4.shr_u(high, 16));
      v128.store64_lane(out + half, i8x16.narrow_i16x8_u(values, values), 0);
    }
    out += 16;
    steps += 32;
  }
}

/** Both coordinates' whole 256ths, in the lower half of each lane. */
// @ts-ignore: decorator
@inline
function whole(place: v128): v128 {
  return f64x2.add(f64x2.floor(place), f64x2.splat(WHOLE));
}

// @ts-ignore: decorator
@inline
function address(data: usize, place: v128, stride: i32): usize {
  return data + usize((i32x4.extract_lane(place, 2) >>> 8) * stride + (i32x4.extract_lane(place, 0) >>> 8));
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
