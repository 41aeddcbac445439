/**
 * sum + x y, four at a time. In the fused kernels the processor's fused multiply-add, which rounds once: half the instructions. In the separate ones a
 * multiplication and an addition, which round twice and which every engine has (../simd/kernel-module.ts). Relaxed SIMD leaves it to the machine which of
 * both it does; ../simd/kernel-module.ts looks what this one does.
 */
// @ts-ignore: decorator
@inline
export function addProduct(sum: v128, x: v128, y: v128): v128 {
  // Known when it is compiled: there is one or the other.
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, y, sum);
  return f32x4.add(sum, f32x4.mul(x, y));
}

/** What (1 + 2^-12)^2 loses where the product is rounded before 1 + 2^-11 is subtracted: 2^-24 in fused kernels that are fused, else 0. Takes 1 + 2^-12. */
export function keptOfProduct(x: f32): f32 {
  return f32x4.extract_lane(addProduct(f32x4.splat(-1.00048828125), f32x4.splat(x), f32x4.splat(x)), 0);
}
