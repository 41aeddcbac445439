import { applyNonlinearity, slopeAt } from "./nonlinearity";
import { firstColumn, Middle, Narrow, panelWidth, Wide } from "./panels";

/** The two things a sum is for, as types: see panels.ts. */
export type Forward = i8;
export type Backward = i16;

/**
 * Forward:   out (B x O) = f(x (B x R) w (R x O) + b (O)),    rim = b
 * Backward:  out (B x O) = (x (B x R) w (R x O)) * f'(rim),   rim (B x O) = outputs of the layer below
 *
 * x comes as lists by rows. Only thread t's columns, panel after panel, each with all examples.
 */
export function layerPanels<Way>(
  out: usize, entries: usize, counts: usize, w: usize, rim: usize,
  B: i32, R: i32, stride: i32, O: i32, f: i32, t: i32, T: i32,
): void {
  const end = firstColumn(O, t + 1, T);
  let c = firstColumn(O, t, T);
  while (c < end) {
    const width = panelWidth(c, end);
    const panel = w + (usize(c * R) << 2);
    if (width == 24) sumPanel<Way, Wide>(out, entries, counts, panel, rim, B, stride, O, f, c);
    else if (width == 16) sumPanel<Way, Middle>(out, entries, counts, panel, rim, B, stride, O, f, c);
    else sumPanel<Way, Narrow>(out, entries, counts, panel, rim, B, stride, O, f, c);
    c += width;
  }
}

/** One panel: 8, 16 or 24 sums in registers while an example's non-zero inputs go by, each a splat times a row of the panel. */
function sumPanel<Way, Width>(
  out: usize, entries: usize, counts: usize, panel: usize, rim: usize, B: i32, stride: i32, O: i32, f: i32, c: i32,
): void {
  for (let b: i32 = 0; b < B; b++) {
    let e = entries + (usize(b * stride) << 3);
    const last = e + (usize(load<i32>(counts + (usize(b) << 2))) << 3);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    if (sizeof<Way>() == sizeof<Forward>()) {
      const bias = rim + (usize(c) << 2);
      s0 = v128.load(bias);
      s1 = v128.load(bias, 16);
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = v128.load(bias, 32);
        s3 = v128.load(bias, 48);
      }
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = v128.load(bias, 64);
        s5 = v128.load(bias, 80);
      }
    }
    while (e < last) {
      const v = v128.load32_splat(e, 4);
      const offset = usize(load<u32>(e));
      let r = panel + offset;
      if (sizeof<Width>() >= sizeof<Middle>()) r += offset;
      if (sizeof<Width>() >= sizeof<Wide>()) r += offset;
      s0 = f32x4.add(s0, f32x4.mul(v, v128.load(r)));
      s1 = f32x4.add(s1, f32x4.mul(v, v128.load(r, 16)));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = f32x4.add(s2, f32x4.mul(v, v128.load(r, 32)));
        s3 = f32x4.add(s3, f32x4.mul(v, v128.load(r, 48)));
      }
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = f32x4.add(s4, f32x4.mul(v, v128.load(r, 64)));
        s5 = f32x4.add(s5, f32x4.mul(v, v128.load(r, 80)));
      }
      e += 8;
    }
    const at = b * O;
    put<Way>(out, rim, at, c, O, f, s0);
    put<Way>(out, rim, at, c + 4, O, f, s1);
    if (sizeof<Width>() >= sizeof<Middle>()) {
      put<Way>(out, rim, at, c + 8, O, f, s2);
      put<Way>(out, rim, at, c + 12, O, f, s3);
    }
    if (sizeof<Width>() >= sizeof<Wide>()) {
      put<Way>(out, rim, at, c + 16, O, f, s4);
      put<Way>(out, rim, at, c + 20, O, f, s5);
    }
  }
}

/** Finishes four sums and writes those whose columns there are. */
// @ts-ignore: decorator
@inline
function put<Way>(out: usize, rim: usize, at: i32, c: i32, O: i32, f: i32, s: v128): void {
  const p = usize(at + c) << 2;
  // Beyond the last column a load may read the next row, whose values are then not used.
  const v = sizeof<Way>() == sizeof<Forward>() ? applyNonlinearity(s, f) : f32x4.mul(s, slopeAt(v128.load(rim + p), f));
  if (c + 4 <= O) {
    v128.store(out + p, v);
    return;
  }
  if (c < O) store<f32>(out + p, f32x4.extract_lane(v, 0));
  if (c + 1 < O) store<f32>(out + p, f32x4.extract_lane(v, 1), 4);
  if (c + 2 < O) store<f32>(out + p, f32x4.extract_lane(v, 2), 8);
}
