/**
 * How a gradient moves a weight; formulas and sources in ../update-layer.reference.ts. s is the batch's sum of gradients, rule.step = rate / N (kernels.ts, UpdateOptions).
 *
 *   Momentum   v <- momentum v - rate g,   w <- w + v
 *   Descent    the same with decay and Nesterov:   w <- shrink w + along v - ahead g
 *   Adaptive   Adam:   v <- momentum v + (1 - momentum) g,   q <- keep2 q + (1 - keep2) g g,   w <- shrink w - rate v / (sqrt(q / c2) + epsilon)
 *
 * AssemblyScript's only compile-time parameters are types: plain momentum has no instruction more than it needs.
 */
export type Momentum = i8;
export type Descent = i16;
export type Adaptive = i32;

/** The command's word that says which rule, and where its numbers for weights and those for biases begin, in bytes. */
export const RULE: i32 = 32;
export const WEIGHT_RULE: usize = 144;
export const BIAS_RULE: usize = 192;

/*
 * A rule's numbers, by byte:
 *   0 step, 4 momentum, 8 shrink, 12 along, 16 ahead            Descent
 *   0 1 / N, 4 momentum, 8 shrink, 12 1 - momentum, 16 keep2, 20 1 - keep2, 24 rate / c1, 28 1 / c2, 32 epsilon, 36 q's address - v's
 */

/** v and w of four weights at `vw` and `w`; zero where v would come near denormal numbers (kernels.ts, VELOCITY_FLOOR). NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function move<Rule>(w: usize, vw: usize, s: v128, step: v128, keep: v128, rule: usize): void {
  if (sizeof<Rule>() == sizeof<Momentum>()) {
    const v = flush(f32x4.sub(f32x4.mul(keep, v128.load(vw)), f32x4.mul(step, s)));
    v128.store(vw, v);
    v128.store(w, f32x4.add(v128.load(w), v));
  } else if (sizeof<Rule>() == sizeof<Descent>()) {
    const v = flush(f32x4.sub(f32x4.mul(keep, v128.load(vw)), f32x4.mul(step, s)));
    v128.store(vw, v);
    const kept = f32x4.mul(v128.load32_splat(rule, 8), v128.load(w));
    const ahead = f32x4.mul(v128.load32_splat(rule, 16), s);
    v128.store(w, f32x4.add(kept, f32x4.sub(f32x4.mul(v128.load32_splat(rule, 12), v), ahead)));
  } else {
    const g = f32x4.mul(step, s);
    const v = flush(f32x4.add(f32x4.mul(keep, v128.load(vw)), f32x4.mul(v128.load32_splat(rule, 12), g)));
    v128.store(vw, v);
    const second = vw + load<usize>(rule, 36);
    const squares = f32x4.mul(v128.load32_splat(rule, 20), f32x4.mul(g, g));
    const q = flush(f32x4.add(f32x4.mul(v128.load32_splat(rule, 16), v128.load(second)), squares));
    v128.store(second, q);
    const scale = f32x4.add(f32x4.sqrt(f32x4.mul(q, v128.load32_splat(rule, 28))), v128.load32_splat(rule, 32));
    const kept = f32x4.mul(v128.load32_splat(rule, 8), v128.load(w));
    v128.store(w, f32x4.sub(kept, f32x4.div(f32x4.mul(v128.load32_splat(rule, 24), v), scale)));
  }
}

// @ts-ignore: decorator
@inline
function flush(v: v128): v128 {
  return v128.andnot(v, f32x4.lt(f32x4.abs(v), f32x4.splat(1e-30)));
}
