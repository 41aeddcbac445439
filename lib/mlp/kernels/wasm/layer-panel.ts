import { blockCount, blockRows } from "./blocks";
import { listStart } from "./lists";
import { applyNonlinearity, slopeAt } from "./nonlinearity";
import { firstColumn, Middle, Narrow, ROW, Wide } from "./panels";
import { transposeBlock } from "./transpose";

/** The two things a sum is for, as types: see panels.ts. */
export type Forward = i8;
export type Backward = i16;

/**
 * Forward:   out (B x O) = f(x (B x R) w (R x O) + b (O)),       rim = b
 * Backward:  out (B x O) = (x (B x R) w^T (R x O)) * f'(rim),    rim (B x O) = outputs of the layer below, w (O x R)
 *
 * of panel p's columns and the examples `from` to `to`. x comes as lists by rows. The panel is gone through block after block: a block's rows
 * stay in the first cache while the examples pass, and their sums wait in `own` (B x 24, this thread's own) for the next
 * block. Going backward, a block is transposed into `turned` (this thread's own) just before it is used: no transposed copy of the weights is kept.
 */
export function layerPanel<Way>(
  out: usize, entries: usize, cuts: usize, w: usize, rim: usize, own: usize,
  B: i32, R: i32, O: i32, f: i32, p: i32, from: i32, to: i32,
): void {
  const blocks = blockCount(R);
  const rows = blockRows(R);
  const turned = own + usize(B * ROW);
  const c = firstColumn(O, p);
  const width = firstColumn(O, p + 1) - c;
  for (let k: i32 = 0; k < blocks; k++) {
    // Offsets are counted from the panel's first row, also where only a block of it is there.
    let panel = w + usize(p * R * ROW);
    if (sizeof<Way>() == sizeof<Backward>()) {
      transposeBlock(turned, w, O, R, c, width, k * rows, min(R, (k + 1) * rows));
      panel = turned - usize(k * rows * ROW);
    } else {
      touch(panel + usize(k * rows * ROW), (min(R, (k + 1) * rows) - k * rows) * ROW, turned);
    }
    if (width == 24) sumBlock<Way, Wide>(out, entries, cuts, panel, rim, own, from, to, R, O, f, c, k, blocks);
    else if (width == 16) sumBlock<Way, Middle>(out, entries, cuts, panel, rim, own, from, to, R, O, f, c, k, blocks);
    else sumBlock<Way, Narrow>(out, entries, cuts, panel, rim, own, from, to, R, O, f, c, k, blocks);
  }
}

/** One block of a panel: 8, 16 or 24 sums in registers while an example's non-zero inputs go by, each a splat times a row of the panel. */
function sumBlock<Way, Width>(
  out: usize, entries: usize, cuts: usize, panel: usize, rim: usize, sums: usize,
  from: i32, to: i32, R: i32, O: i32, f: i32, c: i32, k: i32, blocks: i32,
): void {
  for (let b = from; b < to; b++) {
    const cut = cuts + (usize(b * blocks + k) << 2);
    let e = k == 0 ? listStart(entries, b, R) : load<usize>(cut - 4);
    const last = load<usize>(cut);
    const waiting = sums + usize(b * ROW);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    if (k > 0 || sizeof<Way>() == sizeof<Forward>()) {
      const start = k > 0 ? waiting : rim + (usize(c) << 2);
      s0 = v128.load(start);
      s1 = v128.load(start, 16);
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = v128.load(start, 32);
        s3 = v128.load(start, 48);
      }
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = v128.load(start, 64);
        s5 = v128.load(start, 80);
      }
    }
    // Four entries a round, 3 % faster: less looking whether V8 wants to interrupt. The exits between them keep V8 from loading all four first, which
    // would take more registers than there are.
    while (e < last) {
      const v0 = v128.load32_splat(e);
      const r0 = panel + usize(load<u32>(e, 4));
      s0 = f32x4.add(s0, f32x4.mul(v0, v128.load(r0)));
      s1 = f32x4.add(s1, f32x4.mul(v0, v128.load(r0, 16)));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = f32x4.add(s2, f32x4.mul(v0, v128.load(r0, 32)));
        s3 = f32x4.add(s3, f32x4.mul(v0, v128.load(r0, 48)));
      }
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = f32x4.add(s4, f32x4.mul(v0, v128.load(r0, 64)));
        s5 = f32x4.add(s5, f32x4.mul(v0, v128.load(r0, 80)));
      }
      e += 8;
      if (e >= last) break;
      const v1 = v128.load32_splat(e);
      const r1 = panel + usize(load<u32>(e, 4));
      s0 = f32x4.add(s0, f32x4.mul(v1, v128.load(r1)));
      s1 = f32x4.add(s1, f32x4.mul(v1, v128.load(r1, 16)));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = f32x4.add(s2, f32x4.mul(v1, v128.load(r1, 32)));
        s3 = f32x4.add(s3, f32x4.mul(v1, v128.load(r1, 48)));
      }
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = f32x4.add(s4, f32x4.mul(v1, v128.load(r1, 64)));
        s5 = f32x4.add(s5, f32x4.mul(v1, v128.load(r1, 80)));
      }
      e += 8;
      if (e >= last) break;
      const v2 = v128.load32_splat(e);
      const r2 = panel + usize(load<u32>(e, 4));
      s0 = f32x4.add(s0, f32x4.mul(v2, v128.load(r2)));
      s1 = f32x4.add(s1, f32x4.mul(v2, v128.load(r2, 16)));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = f32x4.add(s2, f32x4.mul(v2, v128.load(r2, 32)));
        s3 = f32x4.add(s3, f32x4.mul(v2, v128.load(r2, 48)));
      }
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = f32x4.add(s4, f32x4.mul(v2, v128.load(r2, 64)));
        s5 = f32x4.add(s5, f32x4.mul(v2, v128.load(r2, 80)));
      }
      e += 8;
      if (e >= last) break;
      const v3 = v128.load32_splat(e);
      const r3 = panel + usize(load<u32>(e, 4));
      s0 = f32x4.add(s0, f32x4.mul(v3, v128.load(r3)));
      s1 = f32x4.add(s1, f32x4.mul(v3, v128.load(r3, 16)));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = f32x4.add(s2, f32x4.mul(v3, v128.load(r3, 32)));
        s3 = f32x4.add(s3, f32x4.mul(v3, v128.load(r3, 48)));
      }
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = f32x4.add(s4, f32x4.mul(v3, v128.load(r3, 64)));
        s5 = f32x4.add(s5, f32x4.mul(v3, v128.load(r3, 80)));
      }
      e += 8;
    }
    if (k + 1 < blocks) {
      v128.store(waiting, s0);
      v128.store(waiting, s1, 16);
      if (sizeof<Width>() >= sizeof<Middle>()) {
        v128.store(waiting, s2, 32);
        v128.store(waiting, s3, 48);
      }
      if (sizeof<Width>() >= sizeof<Wide>()) {
        v128.store(waiting, s4, 64);
        v128.store(waiting, s5, 80);
      }
      continue;
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

/**
 * Reads memory from front to back, as processors foresee it, so that it is in the cache before it is used here and there: 5 % of a forward pass through
 * 1200 x 1200. `waste` takes something of it, or the reading would be left out.
 */
function touch(from: usize, bytes: i32, waste: usize): void {
  let sum: i32 = 0;
  for (let k: i32 = 0; k < bytes; k += 64) sum += load<i32>(from + usize(k));
  store<i32>(waste, sum);
}
