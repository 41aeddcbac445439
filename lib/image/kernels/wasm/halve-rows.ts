/**
 * Means of blocks of 2 x 2 px, rounded: `rows` rows of `width` means at `out`, from rows of `stride` px at `data`. Reads up to 32 bytes behind
 * the last row, writes up to 16 behind the last mean.
 */
export function halveRows(out: usize, data: usize, width: i32, rows: i32, stride: i32): void {
  for (let y: i32 = 0; y < rows; y++) {
    const upper = data + usize(2 * y * stride);
    const lower = upper + usize(stride);
    const to = out + usize(y * width);
    for (let x: i32 = 0; x < width; x += 16) {
      const at = usize(2 * x);
      v128.store(to + usize(x), i8x16.narrow_i16x8_u(means(upper + at, lower + at), means(upper + at + 16, lower + at + 16)));
    }
  }
}

// @ts-ignore: decorator
@inline
function means(upper: usize, lower: usize): v128 {
  const sums = i16x8.add(i16x8.extadd_pairwise_i8x16_u(v128.load(upper)), i16x8.extadd_pairwise_i8x16_u(v128.load(lower)));
  return i16x8.shr_u(i16x8.add(sums, i16x8.splat(2)), 2);
}
