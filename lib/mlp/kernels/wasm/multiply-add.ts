/**
 * Eight independent sums s <- s + a k with nothing but registers: what the processor can do at most. For `npm run bench -- mlp`.
 * k changes in every round, or the products would be formed once.
 */
export function multiplyAdd(rounds: i32): f32 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1e-3);
  let k = zero;
  let s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero, s7 = zero;
  const a = f32x4.splat(1e-3), b = f32x4.splat(2e-3), c = f32x4.splat(3e-3), d = f32x4.splat(4e-3);
  for (let n: i32 = 0; n < rounds; n++) {
    s0 = f32x4.add(s0, f32x4.mul(k, a));
    s1 = f32x4.add(s1, f32x4.mul(k, b));
    s2 = f32x4.add(s2, f32x4.mul(k, c));
    s3 = f32x4.add(s3, f32x4.mul(k, d));
    s4 = f32x4.add(s4, f32x4.mul(s5, a));
    s5 = f32x4.add(s5, f32x4.mul(k, k));
    s6 = f32x4.add(s6, f32x4.mul(s7, b));
    s7 = f32x4.add(s7, f32x4.mul(k, one));
    k = v128.xor(k, one);
  }
  const s = f32x4.add(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)), f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7)));
  return f32x4.extract_lane(s, 0);
}
