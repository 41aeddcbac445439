/**
 * Sums of grey along a line, for each of `count` px across it: i32 at `sums`, and those of squares at `squares` (0: not wanted). `n` px along are taken, from
 * `data` on; px along are `along` apart, those across `across`. One of the two is 1.
 */
export function sumsAcross(data: usize, n: i32, count: i32, along: i32, across: i32, sums: usize, squares: usize): void {
  if (along == 1) {
    for (let k: i32 = 0; k < count; k++) {
      const row = data + usize(k * across);
      let sum = i64x2.splat(0);
      let square = i64x2.splat(0);
      for (let i: i32 = 0; i < n; i += 16) {
        let px = v128.load(row + usize(i));
        if (n - i < 16) px = v128.and(px, firstBytes(n - i));
        sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(px)));
        if (squares != 0) square = i32x4.add(square, squaresOf(px));
      }
      store<i32>(sums + (usize(k) << 2), total(sum));
      if (squares != 0) store<i32>(squares + (usize(k) << 2), total(square));
    }
    return;
  }
  let k: i32 = 0;
  for (; k + 8 <= count; k += 8) {
    let low = i64x2.splat(0);
    let high = i64x2.splat(0);
    let lowSquare = i64x2.splat(0);
    let highSquare = i64x2.splat(0);
    for (let i: i32 = 0, px = data + usize(k); i < n; i++, px += usize(along)) {
      const eight = i16x8.extend_low_i8x16_u(v128.load64_zero(px));
      low = i32x4.add(low, i32x4.extend_low_i16x8_u(eight));
      high = i32x4.add(high, i32x4.extend_high_i16x8_u(eight));
      if (squares == 0) continue;
      lowSquare = i32x4.add(lowSquare, i32x4.extmul_low_i16x8_u(eight, eight));
      highSquare = i32x4.add(highSquare, i32x4.extmul_high_i16x8_u(eight, eight));
    }
    v128.store(sums + (usize(k) << 2), low);
    v128.store(sums + (usize(k) << 2) + 16, high);
    if (squares == 0) continue;
    v128.store(squares + (usize(k) << 2), lowSquare);
    v128.store(squares + (usize(k) << 2) + 16, highSquare);
  }
  for (; k < count; k++) {
    let sum: i32 = 0;
    let square: i32 = 0;
    for (let i: i32 = 0, px = data + usize(k); i < n; i++, px += usize(along)) {
      const grey = <i32>load<u8>(px);
      sum += grey;
      square += grey * grey;
    }
    store<i32>(sums + (usize(k) << 2), sum);
    if (squares != 0) store<i32>(squares + (usize(k) << 2), square);
  }
}

// @ts-ignore: decorator
@inline
function squaresOf(px: v128): v128 {
  const low = i16x8.extend_low_i8x16_u(px);
  const high = i16x8.extend_high_i8x16_u(px);
  // Greys are positive as i16: the signed product of pairs is what is wanted.
  return i32x4.add(i32x4.dot_i16x8_s(low, low), i32x4.dot_i16x8_s(high, high));
}

// @ts-ignore: decorator
@inline
function total(four: v128): i32 {
  return i32x4.extract_lane(four, 0) + i32x4.extract_lane(four, 1) + i32x4.extract_lane(four, 2) + i32x4.extract_lane(four, 3);
}

/** 255 in the first `n` bytes. */
// @ts-ignore: decorator
@inline
export function firstBytes(n: i32): v128 {
  return i8x16.lt_u(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>n));
}
