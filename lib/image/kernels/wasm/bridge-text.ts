import { firstBytes } from "./sums-across";

/** Whether there is ink (1) in the columns x0 <= x < x1 of the rows y0 <= y < y1 of the picture at `ink`. */
export function hasInk(ink: usize, width: i32, x0: i32, y0: i32, x1: i32, y1: i32): bool {
  for (let y = y0; y < y1; y++) {
    const row = ink + usize(y * width);
    for (let x = x0; x < x1; x += 16) {
      let px = v128.load(row + usize(x));
      if (x1 - x < 16) px = v128.and(px, firstBytes(x1 - x));
      if (v128.any_true(px)) return true;
    }
  }
  return false;
}

/**
 * Lists the px, as i32 offsets at `found`, in the columns x0 <= x < x1 of the rows y0 <= y < y1 that are no ink, have `bit` at `hidden`, and have ink ahead and behind in
 * one of the directions.
 * @param ways of each direction four i32: columns and rows a step, and the most steps ahead and behind together
 * @returns how many
 */
export function bridgedPx(
  ink: usize, hidden: usize, width: i32, height: i32, x0: i32, y0: i32, x1: i32, y1: i32, bit: i32, ways: usize, directions: i32, found: usize,
): i32 {
  let n: i32 = 0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const at = usize(y * width + x);
      if ((<i32>load<u8>(hidden + at) & bit) == 0 || load<u8>(ink + at) != 0) continue;
      for (let d: i32 = 0; d < directions; d++) {
        const way = ways + (usize(d) << 4);
        const dx = load<i32>(way);
        const dy = load<i32>(way, 4);
        const most = load<i32>(way, 8);
        // At least one step is left for the other side.
        const ahead = reach(ink, hidden, width, height, x, y, dx, dy, most - 1, bit);
        if (ahead > 0 && reach(ink, hidden, width, height, x, y, -dx, -dy, most - ahead, bit) > 0) {
          store<i32>(found + (usize(n++) << 2), i32(at));
          break;
        }
      }
    }
  }
  return n;
}

/** Steps to the first px that no text hides; 0 where that is no ink, or farther than `most` steps. */
// @ts-ignore: decorator
@inline
function reach(ink: usize, hidden: usize, width: i32, height: i32, x: i32, y: i32, dx: i32, dy: i32, most: i32, bit: i32): i32 {
  for (let n: i32 = 1; n <= most; n++) {
    x += dx;
    y += dy;
    if (<u32>x >= <u32>width || <u32>y >= <u32>height) return 0;
    const at = usize(y * width + x);
    if ((<i32>load<u8>(hidden + at) & bit) == 0) return load<u8>(ink + at) == 1 ? n : 0;
  }
  return 0;
}
