/** Word k of command c: as a number, an address, a float. */
// @ts-ignore: decorator
@inline
export function int(c: usize, k: i32): i32 {
  return load<i32>(c + (usize(k) << 2));
}

// @ts-ignore: decorator
@inline
export function at(c: usize, k: i32): usize {
  return usize(int(c, k));
}

// @ts-ignore: decorator
@inline
export function float(c: usize, k: i32): f32 {
  return load<f32>(c + (usize(k) << 2));
}
