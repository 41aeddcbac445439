import { slopeAt } from "./forward-layer.reference.ts";
import type { BackwardOptions, Floats, LayerFloats } from "./kernels.ts";

/**
 * dx (B x I) = (d (B x O) w^T (O x I)) * f'(x (B x I)): where ReLU is off the slope is zero and the sum is not formed. Four sums at a
 * time, in float64.
 */
export function backwardLayer(dx: Floats, d: Floats, layer: LayerFloats, { B, I, O, x, f }: BackwardOptions): void {
  const { w } = layer;
  const whole = O - (O % 4);
  for (let i = 0; i < I; i++) {
    const r = i * O;
    for (let b = 0; b < B; b++) {
      const slope = slopeAt(x[b * I + i]!, f);
      if (slope === 0) {
        dx[b * I + i] = 0;
        continue;
      }
      const q = b * O;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let o = 0; o < whole; o += 4) {
        s0 += d[q + o]! * w[r + o]!;
        s1 += d[q + o + 1]! * w[r + o + 1]!;
        s2 += d[q + o + 2]! * w[r + o + 2]!;
        s3 += d[q + o + 3]! * w[r + o + 3]!;
      }
      for (let o = whole; o < O; o++) s0 += d[q + o]! * w[r + o]!;
      dx[b * I + i] = slope * (s0 + s1 + (s2 + s3));
    }
  }
}
