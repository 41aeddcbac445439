import { slopeAt } from "./forward-layer.reference.ts";
import type { BackwardOptions, Floats, LayerFloats } from "./kernels.ts";

/**
 * dx (B x I) = (d (B x O) w^T (O x I)) * f'(x (B x I)), elementwise *: the error carried back through a layer and through the
 * nonlinearity f of the layer below, whose outputs are x.
 *
 *   dx[b,i] = f'(x[b,i]) sum_o d[b,o] w[i,o]           Rumelhart, Hinton, Williams 1986, eq. 5 to 7; Bishop 2006, eq. 5.56
 */
export function backwardLayerReference(dx: Floats, d: Floats, layer: LayerFloats, { B, I, O, x, f }: BackwardOptions): void {
  for (let b = 0; b < B; b++) {
    for (let i = 0; i < I; i++) {
      let sum = 0;
      for (let o = 0; o < O; o++) sum += d[b * O + o]! * layer.w[i * O + o]!;
      dx[b * I + i] = slopeAt(x[b * I + i]!, f) * sum;
    }
  }
}
