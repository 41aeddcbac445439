/**
 * A layer's weights (R x O: R inputs, O outputs) lie in panels of 24, 16 or 8 output columns: all R rows of a panel one after another,
 * so that a panel stays in the first cache while all examples pass over it. The panel that begins at column c begins at float c R.
 *
 * Columns are dealt out in units of 8: of ceil(O / 8) units thread t of T has those from t units/T to (t+1) units/T, in panels of 24 and a
 * narrower last one. Which thread has a column, and in which panel, changes nothing in the order in which its sum is formed.
 *
 * AssemblyScript's only compile-time parameters are types: `Wide`, `Middle`, `Narrow` stand for 24, 16, 8 columns.
 */
export type Wide = i32;
export type Middle = i16;
export type Narrow = i8;

/** 24 columns are 6 accumulators, 6 loads and a splat: all of it in the 15 registers V8 gives out. */
export const WIDEST: i32 = 24;

export function firstColumn(O: i32, t: i32, T: i32): i32 {
  return ((((O + 7) >> 3) * t) / T) << 3;
}

// @ts-ignore: decorator
@inline
export function panelWidth(c: i32, end: i32): i32 {
  return min(WIDEST, end - c);
}
