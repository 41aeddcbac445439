/**
 * Where a line's middle lies across it, at the middle (i + 0.5) of a place along it: straight between its knots, level beyond them. Each knot is two
 * f64 at `knots`: its place along the line, and the middle there. `k`, from 1, only goes up with the places.
 */
// @ts-ignore: decorator
@inline
export function knotBehind(knots: usize, count: i32, along: f64, k: i32): i32 {
  while (k < count - 1 && load<f64>(knots + (usize(k) << 4)) < along) k++;
  return k;
}

// @ts-ignore: decorator
@inline
export function middleAt(knots: usize, count: i32, along: f64, k: i32): f64 {
  const last = knots + (usize(count - 1) << 4);
  if (along <= load<f64>(knots)) return load<f64>(knots + 8);
  if (along >= load<f64>(last)) return load<f64>(last + 8);
  const b = knots + (usize(k) << 4);
  const a = b - 16;
  const from = load<f64>(a + 8);
  return from + ((load<f64>(b + 8) - from) * (along - load<f64>(a))) / (load<f64>(b) - load<f64>(a));
}

/** JavaScript's Math.round. */
// @ts-ignore: decorator
@inline
export function rounded(x: f64): i32 {
  const whole = Math.floor(x);
  return i32(x - whole >= 0.5 ? whole + 1 : whole);
}
