import { addProduct } from "./add-product";

/**
 * Twelve independent chains s <- s a + b with nothing but registers: what the processor can do at most. For `npm run bench -- mlp`. A step of a
 * chain takes about six cycles, in which a processor that does two multiplications and two additions a cycle is through with all twelve.
 */
export function multiplyAdd(rounds: i32): f32 {
  const a = f32x4.splat(0.5), b = f32x4.splat(1);
  let s0 = b, s1 = b, s2 = b, s3 = b, s4 = b, s5 = b, s6 = b, s7 = b, s8 = b, s9 = b, s10 = b, s11 = b;
  // Different, or they would be found to be the same and formed once.
  s1 = f32x4.add(s0, b);
  s2 = f32x4.add(s1, b);
  s3 = f32x4.add(s2, b);
  s4 = f32x4.add(s3, b);
  s5 = f32x4.add(s4, b);
  s6 = f32x4.add(s5, b);
  s7 = f32x4.add(s6, b);
  s8 = f32x4.add(s7, b);
  s9 = f32x4.add(s8, b);
  s10 = f32x4.add(s9, b);
  s11 = f32x4.add(s10, b);
  for (let n: i32 = 0; n < rounds; n++) {
    s0 = addProduct(b, s0, a);
    s1 = addProduct(b, s1, a);
    s2 = addProduct(b, s2, a);
    s3 = addProduct(b, s3, a);
    s4 = addProduct(b, s4, a);
    s5 = addProduct(b, s5, a);
    s6 = addProduct(b, s6, a);
    s7 = addProduct(b, s7, a);
    s8 = addProduct(b, s8, a);
    s9 = addProduct(b, s9, a);
    s10 = addProduct(b, s10, a);
    s11 = addProduct(b, s11, a);
  }
  const low = f32x4.add(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)), f32x4.add(s4, s5));
  const high = f32x4.add(f32x4.add(f32x4.add(s6, s7), f32x4.add(s8, s9)), f32x4.add(s10, s11));
  return f32x4.extract_lane(f32x4.add(low, high), 0);
}
