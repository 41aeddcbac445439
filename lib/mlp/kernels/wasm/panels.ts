/**
 * A layer's weights (R x O: R inputs, O outputs) lie in panels of at most 24 output columns: all R rows of a panel one after another, each
 * with room for 24 floats whatever the panel's width, so that one list of row offsets serves every panel. Columns come in units of
 * 8; the units are spread over ceil(units / 3) panels as evenly as they go (128 columns: 16, 24, 24, 16, 24, 24).
 *
 * AssemblyScript's only compile-time parameters are types: `Wide`, `Middle`, `Narrow` stand for 24, 16, 8 columns.
 */
export type Wide = i32;
export type Middle = i16;
export type Narrow = i8;

/** Bytes of a panel's row. 24 columns are 6 accumulators, 6 loads and a splat: all of it in the 15 registers V8 gives out. */
export const ROW: i32 = 96;

export function panelCount(O: i32): i32 {
  return (((O + 7) >> 3) + 2) / 3;
}

/** Where panel p of O columns begins; that of the one after the last is O rounded up to 8. */
export function firstColumn(O: i32, p: i32): i32 {
  return ((((O + 7) >> 3) * p) / panelCount(O)) << 3;
}

/** Where part t of T of `length` begins. */
export function share(length: i32, t: i32, T: i32): i32 {
  return i32((i64(length) * t) / T);
}
