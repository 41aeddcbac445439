import { firstColumn, ROW } from "./panels";

/** Shortens the columns of w (I x O) in panel p that are longer than `limit`; formula in ../limit-norms.reference.ts. */
export function limitPanel(w: usize, I: i32, O: i32, limit: f32, p: i32): void {
  const panel = w + usize(p * I * ROW);
  const bytes = usize((firstColumn(O, p + 1) - firstColumn(O, p)) << 2);
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < bytes; at += 16) {
    let squares = f32x4.splat(0);
    let row = panel + at;
    for (let i: i32 = 0; i < I; i++) {
      const w = v128.load(row);
      squares = f32x4.add(squares, f32x4.mul(w, w));
      row += ROW;
    }
    // pmin(1, s) is s < 1 ? s : 1
    const scale = f32x4.pmin(one, f32x4.div(f32x4.splat(limit), f32x4.sqrt(squares)));
    if (!v128.any_true(f32x4.lt(scale, one))) continue;
    row = panel + at;
    for (let i: i32 = 0; i < I; i++) {
      v128.store(row, f32x4.mul(v128.load(row), scale));
      row += ROW;
    }
  }
}
