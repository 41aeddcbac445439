import { firstColumn, panelCount, ROW, share } from "./panels";

/** Shortens the columns of w (I x O) that are longer than `limit`; formula in ../limit-norms.reference.ts. Thread t's panels. */
export function limitNorms(w: usize, I: i32, O: i32, limit: f32, t: i32, T: i32): void {
  const panels = panelCount(O);
  const end = share(panels, t + 1, T);
  for (let p = share(panels, t, T); p < end; p++) {
    limitPanel(w + usize(p * I * ROW), (firstColumn(O, p + 1) - firstColumn(O, p)) << 2, I, limit);
  }
}

/** @param bytes of a row that are in use */
function limitPanel(panel: usize, bytes: usize, I: i32, limit: f32): void {
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < bytes; at += 16) {
    let squares = f32x4.splat(0);
    let p = panel + at;
    for (let i: i32 = 0; i < I; i++) {
      const w = v128.load(p);
      squares = f32x4.add(squares, f32x4.mul(w, w));
      p += ROW;
    }
    // pmin(1, s) is s < 1 ? s : 1
    const scale = f32x4.pmin(one, f32x4.div(f32x4.splat(limit), f32x4.sqrt(squares)));
    if (!v128.any_true(f32x4.lt(scale, one))) continue;
    p = panel + at;
    for (let i: i32 = 0; i < I; i++) {
      v128.store(p, f32x4.mul(v128.load(p), scale));
      p += ROW;
    }
  }
}
