/**
 * One row of blocks of 4 x 4 px of `thresholdLocal`: ink as 1 at `out`, `rows` rows (1 to 4) of `stride` px, from as many at `data`.
 * @param above,here,below each block's darkest px in the row of blocks and its neighbours
 * @param level the paper's level for each block
 * @param limits for each level (256 bytes) the lightest that ink's darkest px may be; 255 nowhere
 * @param scratch 4 x `blocks` + 64 bytes
 *
 * `data` and `out` have room for whole blocks; up to 32 bytes behind what it is given are read, and written in `scratch` and `out`.
 */
export function inkRow(
  out: usize, data: usize, above: usize, here: usize, below: usize, level: usize, limits: usize, scratch: usize,
  blocks: i32, rows: i32, stride: i32,
): void {
  // Each column of blocks' darkest, with its ends repeated to both sides.
  const columns = scratch + 1;
  for (let b: i32 = 0; b < blocks; b += 16) {
    const at = usize(b);
    v128.store(columns + at, i8x16.min_u(i8x16.min_u(v128.load(above + at), v128.load(here + at)), v128.load(below + at)));
  }
  store<u8>(scratch, load<u8>(columns));
  store<u8>(columns + usize(blocks), load<u8>(columns + usize(blocks) - 1));
  // A px is ink below its block's bound; 0: none is.
  const bounds = (columns + usize(blocks) + 32) & ~15;
  for (let b: i32 = 0; b < blocks; b += 16) {
    const at = columns + usize(b);
    v128.store(bounds + usize(b), i8x16.min_u(i8x16.min_u(v128.load(at - 1), v128.load(at)), v128.load(at + 1)));
  }
  for (let b: i32 = 0; b < blocks; b++) {
    const darkest = <i32>load<u8>(bounds + usize(b));
    const paper = <i32>load<u8>(level + usize(b));
    const limit = <i32>load<u8>(limits + usize(paper));
    store<u8>(bounds + usize(b), darkest <= limit ? ((paper + darkest) >> 1) + 1 : 0);
  }
  const ones = i8x16.splat(1);
  // Row by row: what is written behind a row's end is the next one's to write.
  for (let y: i32 = 0; y < rows; y++) {
    const row = usize(y * stride);
    for (let b: i32 = 0; b < blocks; b += 4) {
      const four = v128.load32_zero(bounds + usize(b));
      const bound = v128.shuffle<u8>(four, four, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
      const at = row + usize(4 * b);
      v128.store(out + at, v128.and(i8x16.lt_u(v128.load(data + at), bound), ones));
    }
  }
}
