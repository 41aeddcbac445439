import { exp } from "./nonlinearity";

/**
 * d (B x C) = softmax(z (B x C)) - y, y[c] = (1 - smoothing) [c = label] + smoothing / C; formulas in ../softmax-cross-entropy.reference.ts. d may be z. One thread: it is a thousandth of the
 * work. The loss is summed in float64 and written to `result`, and behind it how many were read wrong.
 */
export function softmaxCrossEntropy(d: usize, z: usize, labels: usize, B: i32, C: i32, smoothing: f32, result: usize): void {
  let loss: f64 = 0;
  let errors: i32 = 0;
  for (let b: i32 = 0; b < B; b++) {
    const row = z + (usize(b * C) << 2);
    const label = i32(load<u8>(labels + usize(b)));
    let best: i32 = 0;
    let m = load<f32>(row);
    for (let c: i32 = 1; c < C; c++) {
      const value = load<f32>(row + (usize(c) << 2));
      if (value > m) {
        m = value;
        best = c;
      }
    }
    if (best != label) errors++;
    const margin = f64(load<f32>(row + (usize(label) << 2))) - f64(m);
    let meanMargin: f64 = 0;
    if (smoothing > 0) {
      for (let c: i32 = 0; c < C; c++) meanMargin += f64(load<f32>(row + (usize(c) << 2))) - f64(m);
      meanMargin *= f64(smoothing) / f64(C);
    }
    const to = d + (usize(b * C) << 2);
    const sum = exponentials(to, row, m, C);
    loss += Math.log(f64(sum)) - f64(1 - smoothing) * margin - meanMargin;
    divide(to, sum, C);
    const own = to + (usize(label) << 2);
    store<f32>(own, load<f32>(own) - (1 - smoothing));
    if (smoothing > 0) {
      for (let c: i32 = 0; c < C; c++) {
        const at = to + (usize(c) << 2);
        store<f32>(at, load<f32>(at) - smoothing / f32(C));
      }
    }
  }
  store<f64>(result, loss);
  store<i32>(result, errors, 8);
}

/** p (B x C) = softmax(z (B x C)). p may be z. */
export function softmax(p: usize, z: usize, B: i32, C: i32): void {
  for (let b: i32 = 0; b < B; b++) {
    const row = z + (usize(b * C) << 2);
    const to = p + (usize(b * C) << 2);
    let m = load<f32>(row);
    for (let c: i32 = 1; c < C; c++) m = max(m, load<f32>(row + (usize(c) << 2)));
    divide(to, exponentials(to, row, m, C), C);
  }
}

/** to[c] = e^(row[c] - m). @returns their sum */
function exponentials(to: usize, row: usize, m: f32, C: i32): f32 {
  let sums = f32x4.splat(0);
  const top = f32x4.splat(m);
  let c: i32 = 0;
  for (; c + 4 <= C; c += 4) {
    const at = usize(c) << 2;
    const e = exp(f32x4.sub(v128.load(row + at), top));
    v128.store(to + at, e);
    sums = f32x4.add(sums, e);
  }
  let sum =
    f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
  for (; c < C; c++) {
    const at = usize(c) << 2;
    const e = f32x4.extract_lane(exp(f32x4.splat(load<f32>(row + at) - m)), 0);
    store<f32>(to + at, e);
    sum += e;
  }
  return sum;
}

function divide(to: usize, sum: f32, C: i32): void {
  for (let c: i32 = 0; c < C; c++) {
    const at = to + (usize(c) << 2);
    store<f32>(at, load<f32>(at) / sum);
  }
}
