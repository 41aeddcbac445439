import { addProduct } from "./add-product";
import { blockCount, blockRows } from "./blocks";
import { listStart } from "./lists";
import { applyNonlinearity, slopeAt } from "./nonlinearity";
import { firstColumn, Full, Middle, Narrow, ROW, Wide } from "./panels";
import { transposeBlock } from "./transpose";

/** The two things a sum is for, as types: see panels.ts. */
export type Forward = i8;
export type Backward = i16;

/**
 * Forward:   out (B x O) = f(x (B x R) w (R x O) + b (O)),       rim = b
 * Backward:  out (B x O) = (x (B x R) w^T (R x O)) * f'(rim),    rim (B x O) = outputs of the layer below, w (O x R)
 *
 * of panel p's columns and the examples `from` to `to`. x comes as lists by rows. The panel is gone through block after block: a block's rows
 * stay in the first cache while the examples pass, and their sums wait in `own` (B x 32, this thread's own) for the next
 * block. Just before it is used a block is copied into `block` (this thread's own), going backward transposed: no transposed copy of the weights is kept. Forward
 * the copy is up to a third faster than the rows where they lie: memory is read once, from front to back, as processors foresee it.
 */
export function layerPanel<Way>(
  out: usize, entries: usize, cuts: usize, w: usize, rim: usize, own: usize,
  B: i32, R: i32, O: i32, f: i32, p: i32, from: i32, to: i32,
): void {
  const blocks = blockCount(R);
  const rows = blockRows(R);
  const block = own + usize(B * ROW);
  const c = firstColumn(O, p);
  const width = firstColumn(O, p + 1) - c;
  for (let k: i32 = 0; k < blocks; k++) {
    const first = k * rows;
    const end = min(R, first + rows);
    if (sizeof<Way>() == sizeof<Backward>()) transposeBlock(block, w, O, R, c, width, first, end);
    else memory.copy(block, w + usize((p * R + first) * ROW), usize((end - first) * ROW));
    // Offsets are counted from the panel's first row, though only a block of it is there.
    const panel = block - usize(first * ROW);
    if (width == 32) sumBlock<Way, Full>(out, entries, cuts, panel, rim, own, from, to, R, O, f, c, k, blocks);
    else if (width == 24) sumBlock<Way, Wide>(out, entries, cuts, panel, rim, own, from, to, R, O, f, c, k, blocks);
    else if (width == 16) sumBlock<Way, Middle>(out, entries, cuts, panel, rim, own, from, to, R, O, f, c, k, blocks);
    else sumBlock<Way, Narrow>(out, entries, cuts, panel, rim, own, from, to, R, O, f, c, k, blocks);
  }
}

/** One block of a panel: 8, 16, 24 or 32 sums in registers while an example's non-zero inputs go by, each a splat times a row of the panel. */
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
    let s6 = s0;
    let s7 = s0;
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
      if (sizeof<Width>() >= sizeof<Full>()) {
        s6 = v128.load(start, 96);
        s7 = v128.load(start, 112);
      }
    }
    // Four entries a round, some percent faster: less looking whether V8 wants to interrupt. The exits between them, and the one in the middle of an entry, which is never
    // taken, keep V8 from loading all that lies between two exits first: a panel of 32 columns would take 17 registers of the 15 there are.
    while (e < last) {
      const v0 = v128.load32_splat(e);
      const r0 = panel + usize(load<u32>(e, 4));
      s0 = addProduct(s0, v0, v128.load(r0));
      s1 = addProduct(s1, v0, v128.load(r0, 16));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = addProduct(s2, v0, v128.load(r0, 32));
        s3 = addProduct(s3, v0, v128.load(r0, 48));
      }
      if (sizeof<Width>() >= sizeof<Full>() && r0 < panel) break;
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = addProduct(s4, v0, v128.load(r0, 64));
        s5 = addProduct(s5, v0, v128.load(r0, 80));
      }
      if (sizeof<Width>() >= sizeof<Full>()) {
        s6 = addProduct(s6, v0, v128.load(r0, 96));
        s7 = addProduct(s7, v0, v128.load(r0, 112));
      }
      e += 8;
      if (e >= last) break;
      const v1 = v128.load32_splat(e);
      const r1 = panel + usize(load<u32>(e, 4));
      s0 = addProduct(s0, v1, v128.load(r1));
      s1 = addProduct(s1, v1, v128.load(r1, 16));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = addProduct(s2, v1, v128.load(r1, 32));
        s3 = addProduct(s3, v1, v128.load(r1, 48));
      }
      if (sizeof<Width>() >= sizeof<Full>() && r1 < panel) break;
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = addProduct(s4, v1, v128.load(r1, 64));
        s5 = addProduct(s5, v1, v128.load(r1, 80));
      }
      if (sizeof<Width>() >= sizeof<Full>()) {
        s6 = addProduct(s6, v1, v128.load(r1, 96));
        s7 = addProduct(s7, v1, v128.load(r1, 112));
      }
      e += 8;
      if (e >= last) break;
      const v2 = v128.load32_splat(e);
      const r2 = panel + usize(load<u32>(e, 4));
      s0 = addProduct(s0, v2, v128.load(r2));
      s1 = addProduct(s1, v2, v128.load(r2, 16));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = addProduct(s2, v2, v128.load(r2, 32));
        s3 = addProduct(s3, v2, v128.load(r2, 48));
      }
      if (sizeof<Width>() >= sizeof<Full>() && r2 < panel) break;
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = addProduct(s4, v2, v128.load(r2, 64));
        s5 = addProduct(s5, v2, v128.load(r2, 80));
      }
      if (sizeof<Width>() >= sizeof<Full>()) {
        s6 = addProduct(s6, v2, v128.load(r2, 96));
        s7 = addProduct(s7, v2, v128.load(r2, 112));
      }
      e += 8;
      if (e >= last) break;
      const v3 = v128.load32_splat(e);
      const r3 = panel + usize(load<u32>(e, 4));
      s0 = addProduct(s0, v3, v128.load(r3));
      s1 = addProduct(s1, v3, v128.load(r3, 16));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = addProduct(s2, v3, v128.load(r3, 32));
        s3 = addProduct(s3, v3, v128.load(r3, 48));
      }
      if (sizeof<Width>() >= sizeof<Full>() && r3 < panel) break;
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = addProduct(s4, v3, v128.load(r3, 64));
        s5 = addProduct(s5, v3, v128.load(r3, 80));
      }
      if (sizeof<Width>() >= sizeof<Full>()) {
        s6 = addProduct(s6, v3, v128.load(r3, 96));
        s7 = addProduct(s7, v3, v128.load(r3, 112));
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
      if (sizeof<Width>() >= sizeof<Full>()) {
        v128.store(waiting, s6, 96);
        v128.store(waiting, s7, 112);
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
    if (sizeof<Width>() >= sizeof<Full>()) {
      put<Way>(out, rim, at, c + 24, O, f, s6);
      put<Way>(out, rim, at, c + 28, O, f, s7);
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
