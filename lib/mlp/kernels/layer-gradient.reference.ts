import type { Floats, LayerFloats, LayerShape } from "./kernels.ts";

/**
 * g.w (I x O) = x^T (I x B) d (B x O) / N;  g.b (O) = sum over b of d, / N: the mean gradient of N examples, of which those beyond B have
 * none; N is B where it is left out.
 *
 *   g[i,o] = 1/N sum_b x[b,i] d[b,o]                   Bishop 2006, eq. 5.53
 */
export function layerGradientReference(
  g: LayerFloats,
  x: Floats,
  d: Floats,
  { B, I, O, N = B }: LayerShape & { readonly N?: number },
): void {
  for (let i = 0; i < I; i++) {
    for (let o = 0; o < O; o++) {
      let sum = 0;
      for (let b = 0; b < B; b++) sum += x[b * I + i]! * d[b * O + o]!;
      g.w[i * O + o] = sum / N;
    }
  }
  for (let o = 0; o < O; o++) {
    let sum = 0;
    for (let b = 0; b < B; b++) sum += d[b * O + o]!;
    g.b[o] = sum / N;
  }
}
