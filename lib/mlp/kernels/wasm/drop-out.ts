import { slopeAt } from "./nonlinearity";

/** x[k] <- x[k] scale where the hash of (seed, k) is at least `threshold`, else 0; k from `from` to `to`. Formulas: ../drop-out.reference.ts. */
export function dropOut(x: usize, from: i32, to: i32, threshold: i32, seed: i32, scale: f32): void {
  const s = f32x4.splat(scale);
  const lowest = i32x4.splat(threshold);
  let k = from;
  for (; k + 4 <= to; k += 4) {
    const p = x + (usize(k) << 2);
    v128.store(p, v128.and(f32x4.mul(v128.load(p), s), kept(k, seed, lowest)));
  }
  for (; k < to; k++) {
    const p = x + (usize(k) << 2);
    store<f32>(p, i32x4.extract_lane(kept(k, seed, lowest), 0) != 0 ? load<f32>(p) * scale : 0);
  }
}

/** dx[k] <- dx[k] scale f'(x[k] / scale) where it was kept, else 0. */
export function dropOutErrors(
  dx: usize, x: usize, from: i32, to: i32, threshold: i32, seed: i32, scale: f32, keep: f32, f: i32,
): void {
  const lowest = i32x4.splat(threshold);
  let k = from;
  for (; k + 4 <= to; k += 4) {
    const p = dx + (usize(k) << 2);
    const slope = slopeAt(f32x4.mul(v128.load(x + (usize(k) << 2)), f32x4.splat(keep)), f);
    const e = f32x4.mul(f32x4.mul(v128.load(p), f32x4.splat(scale)), slope);
    v128.store(p, v128.and(e, kept(k, seed, lowest)));
  }
  for (; k < to; k++) {
    const p = dx + (usize(k) << 2);
    const slope = f32x4.extract_lane(slopeAt(f32x4.splat(load<f32>(x + (usize(k) << 2)) * keep), f), 0);
    store<f32>(p, i32x4.extract_lane(kept(k, seed, lowest), 0) != 0 ? load<f32>(p) * scale * slope : 0);
  }
}

/** All ones where value k, k + 1, k + 2, k + 3 is kept. */
// @ts-ignore: decorator
@inline
function kept(k: i32, seed: i32, lowest: v128): v128 {
  const counter = i32x4.add(i32x4.splat(k), i32x4(0, 1, 2, 3));
  let h = i32x4.add(i32x4.splat(seed), i32x4.mul(counter, i32x4.splat(0x9e3779b9)));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(0x85ebca6b));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(0xc2b2ae35));
  return i32x4.ge_u(v128.xor(h, i32x4.shr_u(h, 16)), lowest);
}
