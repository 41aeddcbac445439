/**
 * Of `blocks` blocks of 4 x 4 px side by side, from four rows of `stride` px at `data`: each one's darkest px at `mins`, its mean rounded down at
 * `means`. Reads up to 16 bytes behind the blocks, writes up to 4 behind the last.
 */
export function blockRow(mins: usize, means: usize, data: usize, blocks: i32, stride: i32): void {
  const zero = i64x2.splat(0);
  for (let b: i32 = 0; b < blocks; b += 4) {
    const at = data + usize(4 * b);
    const r0 = v128.load(at);
    const r1 = v128.load(at + usize(stride));
    const r2 = v128.load(at + usize(2 * stride));
    const r3 = v128.load(at + usize(3 * stride));
    let least = i8x16.min_u(i8x16.min_u(r0, r1), i8x16.min_u(r2, r3));
    least = i8x16.min_u(least, i32x4.shr_u(least, 16));
    least = i8x16.min_u(least, i32x4.shr_u(least, 8));
    const pairs = i16x8.add(
      i16x8.add(i16x8.extadd_pairwise_i8x16_u(r0), i16x8.extadd_pairwise_i8x16_u(r1)),
      i16x8.add(i16x8.extadd_pairwise_i8x16_u(r2), i16x8.extadd_pairwise_i8x16_u(r3)),
    );
    const mean = i32x4.shr_u(i32x4.extadd_pairwise_i16x8_u(pairs), 4);
    store<u32>(mins + usize(b), i32x4.extract_lane(v128.shuffle<u8>(least, zero, 0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0));
    store<u32>(means + usize(b), i32x4.extract_lane(v128.shuffle<u8>(mean, zero, 0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0));
  }
}
