import type { Floats, LayerFloats, LayerOptions, Nonlinearity } from "./kernels.ts";

/**
 * a (B x O) = f(x (B x I) w (I x O) + b (O))
 *
 *   a[b,o] = f( b[o] + sum_i x[b,i] w[i,o] )          Rumelhart, Hinton, Williams 1986, eq. 1 and 2
 */
export function forwardLayerReference(a: Floats, x: Floats, layer: LayerFloats, { B, I, O, f }: LayerOptions): void {
  for (let b = 0; b < B; b++) {
    for (let o = 0; o < O; o++) {
      let sum = layer.b[o]!;
      for (let i = 0; i < I; i++) sum += x[b * I + i]! * layer.w[i * O + o]!;
      a[b * O + o] = applyNonlinearity(sum, f);
    }
  }
}

/** f(z). */
export function applyNonlinearity(z: number, f: Nonlinearity): number {
  switch (f) {
    case "relu":
      // NaN stays NaN here, so that a diverging training is noticed.
      return Math.max(z, 0);
    case "tanh":
      return Math.tanh(z);
    case "logistic":
      return 1 / (1 + Math.exp(-z));
    case "linear":
      return z;
  }
}

/** f'(z), from a = f(z). */
export function slopeAt(a: number, f: Nonlinearity): number {
  switch (f) {
    case "relu":
      return a > 0 ? 1 : 0;
    case "tanh":
      return 1 - a * a;
    case "logistic":
      return a * (1 - a);
    case "linear":
      return 1;
  }
}
