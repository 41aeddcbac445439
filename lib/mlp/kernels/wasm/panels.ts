/**
 * A layer's weights (R x O: R inputs, O outputs) lie in panels of at most 32 output columns: all R rows of a panel one after another, each
 * with room for 32 floats whatever the panel's width, so that one list of row offsets serves every panel. Columns come in units of
 * 8; the units are spread over ceil(units / 4) panels as evenly as they go (200 columns: 24, 32, 24, 32, 24, 32, 32).
 *
 * AssemblyScript's only compile-time parameters are types: `Full`, `Wide`, `Middle`, `Narrow` stand for 32, 24, 16, 8 columns.
 */
export type Full = i64;
export type Wide = i32;
export type Middle = i16;
export type Narrow = i8;

/**
 * Bytes of a panel's row. 32 columns are 8 sums, a splat and 4 loads at a time: 13 of the 15 registers V8 gives out. Eight sums are also what keeps a processor
 * busy that begins two fused multiply-adds a cycle, each of which takes four.
 */
export const ROW: i32 = 128;

export function panelCount(O: i32): i32 {
  return (((O + 7) >> 3) + 3) / 4;
}

/** Where panel p of O columns begins; that of the one after the last is O rounded up to 8. */
export function firstColumn(O: i32, p: i32): i32 {
  return ((((O + 7) >> 3) * p) / panelCount(O)) << 3;
}

/** Where part t of T of `length` begins. */
export function share(length: i32, t: i32, T: i32): i32 {
  return i32((i64(length) * t) / T);
}
