/**
 * Mean greys, f64 at `out`, along `count` parallel stretches of `samples` places each, bilinear: the first from (ax, ay) to (bx, by), the last from (cx, cy) to
 * (dx, dy), px centres at +0.5; beyond the picture at `data` the nearest px. To the bit what lib/page/sample-gray.ts gives at each place.
 */
export function pieceProfile(
  data: usize, width: i32, height: i32, ax: f64, ay: f64, bx: f64, by: f64, cx: f64, cy: f64, dx: f64, dy: f64,
  count: i32, samples: i32, out: usize,
): void {
  for (let k: i32 = 0; k < count; k++) {
    const t = f64(k) / f64(count - 1);
    const x0 = ax + (cx - ax) * t;
    const y0 = ay + (cy - ay) * t;
    const x1 = bx + (dx - bx) * t;
    const y1 = by + (dy - by) * t;
    let sum: f64 = 0;
    for (let i: i32 = 0; i < samples; i++) {
      const s = (f64(i) + 0.5) / f64(samples);
      const u = min<f64>(f64(width - 1), max<f64>(0, x0 + (x1 - x0) * s - 0.5));
      const v = min<f64>(f64(height - 1), max<f64>(0, y0 + (y1 - y0) * s - 0.5));
      const left = min(width - 2, i32(u));
      const up = min(height - 2, i32(v));
      const fx = u - f64(left);
      const fy = v - f64(up);
      const at = data + usize(up * width + left);
      const a = f64(load<u8>(at));
      const b = f64(load<u8>(at, 1));
      const c = f64(load<u8>(at + usize(width)));
      const d = f64(load<u8>(at + usize(width), 1));
      const top = a + (b - a) * fx;
      const bottom = c + (d - c) * fx;
      sum += top + (bottom - top) * fy;
    }
    store<f64>(out + (usize(k) << 3), sum / f64(samples));
  }
}
