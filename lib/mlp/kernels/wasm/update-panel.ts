import { addProduct } from "./add-product";
import { listStart } from "./lists";
import { at, float, int } from "./command";
import { firstColumn, Full, Middle, Narrow, ROW, Wide } from "./panels";
import { BIAS_RULE, move, WEIGHT_RULE } from "./update-rule";

/**
 * g = x^T (I x B) d (B x O) / N,   then w moves by the rule (update-rule.ts)
 *
 * of panel p and its rows `from` to `to`, for update command c (program.ts). x comes as lists by columns; step = rate / N (of Adam 1 / N). The gradient of a row of a panel is formed in
 * registers and used at once: there is no gradient in memory. `pack` is this thread's own place for B x 32 floats of d, so that they lie side by side.
 */
export function updatePanel<Rule>(command: usize, pack: usize, p: i32, from: i32, to: i32): void {
  const B = int(command, 7);
  const I = int(command, 8);
  const O = int(command, 9);
  const c = firstColumn(O, p);
  const width = firstColumn(O, p + 1) - c;
  const row = usize((p * I + from) * ROW);
  const w = at(command, 1) + row;
  const vw = at(command, 2) + row;
  packColumns(pack, at(command, 6), B, O, c, width);
  if (width == 32) updateRows<Full, Rule>(command, w, vw, pack, B, from, to);
  else if (width == 24) updateRows<Wide, Rule>(command, w, vw, pack, B, from, to);
  else if (width == 16) updateRows<Middle, Rule>(command, w, vw, pack, B, from, to);
  else updateRows<Narrow, Rule>(command, w, vw, pack, B, from, to);
  if (from == 0) updateBias<Rule>(command, pack, B, c, width);
}

function updateRows<Width, Rule>(command: usize, w: usize, vw: usize, pack: usize, B: i32, from: i32, to: i32): void {
  const entries = at(command, 12);
  const ends = at(command, 13);
  const step = f32x4.splat(float(command, 10));
  const keep = f32x4.splat(float(command, 11));
  const rule = command + WEIGHT_RULE;
  for (let i = from; i < to; i++) {
    let e = listStart(entries, i, B);
    const last = load<usize>(ends + (usize(i) << 2));
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    // Four entries a round and exits between loads, as in layer-panel.ts.
    while (e < last) {
      const x0 = v128.load32_splat(e);
      const r0 = pack + usize(load<u32>(e, 4));
      s0 = addProduct(s0, x0, v128.load(r0));
      s1 = addProduct(s1, x0, v128.load(r0, 16));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = addProduct(s2, x0, v128.load(r0, 32));
        s3 = addProduct(s3, x0, v128.load(r0, 48));
      }
      if (sizeof<Width>() >= sizeof<Full>() && r0 < pack) break;
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = addProduct(s4, x0, v128.load(r0, 64));
        s5 = addProduct(s5, x0, v128.load(r0, 80));
      }
      if (sizeof<Width>() >= sizeof<Full>()) {
        s6 = addProduct(s6, x0, v128.load(r0, 96));
        s7 = addProduct(s7, x0, v128.load(r0, 112));
      }
      e += 8;
      if (e >= last) break;
      const x1 = v128.load32_splat(e);
      const r1 = pack + usize(load<u32>(e, 4));
      s0 = addProduct(s0, x1, v128.load(r1));
      s1 = addProduct(s1, x1, v128.load(r1, 16));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = addProduct(s2, x1, v128.load(r1, 32));
        s3 = addProduct(s3, x1, v128.load(r1, 48));
      }
      if (sizeof<Width>() >= sizeof<Full>() && r1 < pack) break;
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = addProduct(s4, x1, v128.load(r1, 64));
        s5 = addProduct(s5, x1, v128.load(r1, 80));
      }
      if (sizeof<Width>() >= sizeof<Full>()) {
        s6 = addProduct(s6, x1, v128.load(r1, 96));
        s7 = addProduct(s7, x1, v128.load(r1, 112));
      }
      e += 8;
      if (e >= last) break;
      const x2 = v128.load32_splat(e);
      const r2 = pack + usize(load<u32>(e, 4));
      s0 = addProduct(s0, x2, v128.load(r2));
      s1 = addProduct(s1, x2, v128.load(r2, 16));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = addProduct(s2, x2, v128.load(r2, 32));
        s3 = addProduct(s3, x2, v128.load(r2, 48));
      }
      if (sizeof<Width>() >= sizeof<Full>() && r2 < pack) break;
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = addProduct(s4, x2, v128.load(r2, 64));
        s5 = addProduct(s5, x2, v128.load(r2, 80));
      }
      if (sizeof<Width>() >= sizeof<Full>()) {
        s6 = addProduct(s6, x2, v128.load(r2, 96));
        s7 = addProduct(s7, x2, v128.load(r2, 112));
      }
      e += 8;
      if (e >= last) break;
      const x3 = v128.load32_splat(e);
      const r3 = pack + usize(load<u32>(e, 4));
      s0 = addProduct(s0, x3, v128.load(r3));
      s1 = addProduct(s1, x3, v128.load(r3, 16));
      if (sizeof<Width>() >= sizeof<Middle>()) {
        s2 = addProduct(s2, x3, v128.load(r3, 32));
        s3 = addProduct(s3, x3, v128.load(r3, 48));
      }
      if (sizeof<Width>() >= sizeof<Full>() && r3 < pack) break;
      if (sizeof<Width>() >= sizeof<Wide>()) {
        s4 = addProduct(s4, x3, v128.load(r3, 64));
        s5 = addProduct(s5, x3, v128.load(r3, 80));
      }
      if (sizeof<Width>() >= sizeof<Full>()) {
        s6 = addProduct(s6, x3, v128.load(r3, 96));
        s7 = addProduct(s7, x3, v128.load(r3, 112));
      }
      e += 8;
    }
    move<Rule>(w, vw, s0, step, keep, rule);
    move<Rule>(w + 16, vw + 16, s1, step, keep, rule);
    if (sizeof<Width>() >= sizeof<Middle>()) {
      move<Rule>(w + 32, vw + 32, s2, step, keep, rule);
      move<Rule>(w + 48, vw + 48, s3, step, keep, rule);
    }
    if (sizeof<Width>() >= sizeof<Wide>()) {
      move<Rule>(w + 64, vw + 64, s4, step, keep, rule);
      move<Rule>(w + 80, vw + 80, s5, step, keep, rule);
    }
    if (sizeof<Width>() >= sizeof<Full>()) {
      move<Rule>(w + 96, vw + 96, s6, step, keep, rule);
      move<Rule>(w + 112, vw + 112, s7, step, keep, rule);
    }
    w += ROW;
    vw += ROW;
  }
}

/** pack (B x 32) = columns c to c + width of d (B x O), zero beyond O. */
function packColumns(pack: usize, d: usize, B: i32, O: i32, c: i32, width: i32): void {
  const there = min(width, O - c);
  for (let b: i32 = 0; b < B; b++) {
    const to = pack + usize(b * ROW);
    const from = d + (usize(b * O + c) << 2);
    let k: i32 = 0;
    for (; k + 4 <= there; k += 4) v128.store(to + (usize(k) << 2), v128.load(from + (usize(k) << 2)));
    for (; k < width; k++) store<f32>(to + (usize(k) << 2), k < there ? load<f32>(from + (usize(k) << 2)) : 0);
  }
}

function updateBias<Rule>(command: usize, pack: usize, B: i32, c: i32, width: i32): void {
  for (let k: i32 = 0; k < width; k += 4) {
    let s = f32x4.splat(0);
    for (let b: i32 = 0; b < B; b++) s = f32x4.add(s, v128.load(pack + usize(b * ROW + (k << 2))));
    const to = usize(c + k) << 2;
    const step = f32x4.splat(float(command, 10));
    move<Rule>(at(command, 3) + to, at(command, 4) + to, s, step, f32x4.splat(float(command, 11)), command + BIAS_RULE);
  }
}
