/** The numbers JavaScript passes for a layer's f. */
export const RELU: i32 = 0;
export const TANH: i32 = 1;
export const LOGISTIC: i32 = 2;
export const LINEAR: i32 = 3;

/** f(z), four at a time. NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function applyNonlinearity(z: v128, f: i32): v128 {
  // pmax(z, 0) is z < 0 ? 0 : z
  if (f == RELU) return f32x4.pmax(z, f32x4.splat(0));
  if (f == LINEAR) return z;
  return applySmooth(z, f);
}

/** f'(z), from a = f(z). */
// @ts-ignore: decorator
@inline
export function slopeAt(a: v128, f: i32): v128 {
  const one = f32x4.splat(1);
  if (f == RELU) return v128.and(one, f32x4.gt(a, f32x4.splat(0)));
  if (f == TANH) return f32x4.sub(one, f32x4.mul(a, a));
  if (f == LOGISTIC) return f32x4.mul(a, f32x4.sub(one, a));
  return one;
}

/** logistic(z) = 1 / (1 + e^-z);  tanh(z) = 2 logistic(2 z) - 1 */
function applySmooth(z: v128, f: i32): v128 {
  const one = f32x4.splat(1);
  const scale = f32x4.splat(f == TANH ? -2 : -1);
  const logistic = f32x4.div(one, f32x4.add(one, exp(f32x4.mul(z, scale))));
  return f == TANH ? f32x4.sub(f32x4.add(logistic, logistic), one) : logistic;
}

/**
 * e^x, four at a time, to about two units in the last place: x = n ln 2 + r with |r| <= ln 2 / 2, e^x = 2^n e^r, and e^r by the minimax
 * polynomial of Cephes' expf (Moshier 1989). x is kept within [-87, 88], where 2^n is a normal number; NaN stays NaN.
 */
export function exp(x: v128): v128 {
  x = f32x4.pmax(x, f32x4.splat(-87));
  x = f32x4.pmin(x, f32x4.splat(88));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  // ln 2 in two parts: n times the first is exact.
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  const e = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(r, r), p), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(e, power);
}
