import { get, set } from "./words";

/**
 * `viewBox` of lib/pipeline/spoiled (view-box.reference.ts): the ink of a picture of `width` x `height` px at `data` as shares in `side` x `side` cells at `view`, f32.
 * @param scale cells a px, at most 1
 * @param columns,besides scratch: `width` i32, `width` f64
 *
 * Up to 16 bytes behind the picture are read.
 */
export function viewBox(
  data: usize, width: i32, height: i32, view: usize, side: i32, scale: f64, columns: usize, besides: usize,
): void {
  for (let i: i32 = 0; i < side * side; i += 4) v128.store(view + (usize(i) << 2), i64x2.splat(0));
  const left = (f64(side) - f64(width) * scale) / 2;
  const top = (f64(side) - f64(height) * scale) / 2;
  const share = scale * scale;
  for (let u: i32 = 0; u < width; u++) {
    const start = left + f64(u) * scale;
    set(columns, u, i32(Math.floor(start)));
    store<f64>(besides + (usize(u) << 3), beyond(start, scale));
  }
  for (let v: i32 = 0; v < height; v++) {
    const start = top + f64(v) * scale;
    const row = i32(Math.floor(start)) * side;
    const below = beyond(start, scale);
    const ink = data + usize(v * width);
    for (let u: i32 = 0; u < width; u += 16) {
      let bits: u32 = <u32>i8x16.bitmask(i8x16.ne(v128.load(ink + usize(u)), i64x2.splat(0)));
      if (width - u < 16) bits &= (1 << (width - u)) - 1;
      while (bits != 0) {
        const at = u + i32(ctz(bits));
        bits &= bits - 1;
        const beside = load<f64>(besides + (usize(at) << 3));
        const cell = view + (usize(row + get(columns, at)) << 2);
        add(cell, share * (1 - beside) * (1 - below));
        if (beside > 0) add(cell + 4, share * beside * (1 - below));
        if (below > 0) {
          const next = cell + (usize(side) << 2);
          add(next, share * (1 - beside) * below);
          if (beside > 0) add(next + 4, share * beside * below);
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function add(cell: usize, value: f64): void {
  store<f32>(cell, <f32>(f64(load<f32>(cell)) + value));
}

/** Share of a px that lies beyond the cell in which it begins. */
// @ts-ignore: decorator
@inline
function beyond(start: f64, px: f64): f64 {
  return Math.max(0, start + px - Math.floor(start) - 1) / px;
}
