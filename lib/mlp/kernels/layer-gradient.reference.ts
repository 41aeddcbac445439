import type { Floats, LayerFloats, LayerShape } from "./kernels.ts";

/**
 * g.w (I x O) = x^T (I x B) d (B x O) / B;  g.b (O) = mean over b of d: the mean gradient of the batch.
 *
 *   g[i,o] = 1/B sum_b x[b,i] d[b,o]                   Bishop 2006, eq. 5.53
 */
export function layerGradientReference(g: LayerFloats, x: Floats, d: Floats, { B, I, O }: LayerShape): void {
  for (let i = 0; i < I; i++) {
    for (let o = 0; o < O; o++) {
      let sum = 0;
      for (let b = 0; b < B; b++) sum += x[b * I + i]! * d[b * O + o]!;
      g.w[i * O + o] = sum / B;
    }
  }
  for (let o = 0; o < O; o++) {
    let sum = 0;
    for (let b = 0; b < B; b++) sum += d[b * O + o]!;
    g.b[o] = sum / B;
  }
}
