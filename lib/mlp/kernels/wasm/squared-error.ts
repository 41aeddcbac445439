import { softmax } from "./softmax";

/**
 * d (B x C) = gradient by z of 1/2 sum (softmax(z) - y)^2; formulas in ../softmax-squared-error.reference.ts. d may be z. One thread. The loss
 * is summed in float64 and written to `result`, and behind it how many were read wrong.
 */
export function softmaxSquaredError(d: usize, z: usize, labels: usize, B: i32, C: i32, smoothing: f32, result: usize): void {
  let loss: f64 = 0;
  let errors: i32 = 0;
  const spread = smoothing / f32(C);
  for (let b: i32 = 0; b < B; b++) {
    const row = z + (usize(b * C) << 2);
    const to = d + (usize(b * C) << 2);
    const label = i32(load<u8>(labels + usize(b)));
    let best: i32 = 0;
    for (let c: i32 = 1; c < C; c++) if (load<f32>(row + (usize(c) << 2)) > load<f32>(row + (usize(best) << 2))) best = c;
    if (best !== label) errors++;
    softmax(to, row, 1, C);
    let mean: f32 = 0;
    for (let c: i32 = 0; c < C; c++) {
      const p = load<f32>(to + (usize(c) << 2));
      const e = p - target(c, label, smoothing, spread);
      loss += f64(e) * f64(e) * 0.5;
      mean += e * p;
    }
    for (let c: i32 = 0; c < C; c++) {
      const p = load<f32>(to + (usize(c) << 2));
      store<f32>(to + (usize(c) << 2), p * (p - target(c, label, smoothing, spread) - mean));
    }
  }
  store<f64>(result, loss);
  store<i32>(result, errors, 8);
}

// @ts-ignore: decorator
@inline
function target(c: i32, label: i32, smoothing: f32, spread: f32): f32 {
  return c == label ? 1 - smoothing + spread : spread;
}
