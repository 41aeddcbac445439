import type { LayerFloats } from "./kernels.ts";

/**
 * average <- average + share (layer - average), for w (I x O) and b (O).
 *
 * With share_n = (1 - decay) / (1 - decay^n) in step n this is the exponential moving average without its bias towards where it began:
 *
 *   average_n = sum_k decay^(n-k) layer_k / sum_k decay^(n-k),  k = 1 to n      Polyak and Juditsky 1992; Kingma and Ba 2015, section 7.2
 */
export function averageLayerReference(average: LayerFloats, layer: LayerFloats, { share }: { share: number }): void {
  for (const part of ["w", "b"] as const) {
    const to = average[part];
    const from = layer[part];
    for (let k = 0; k < to.length; k++) to[k] = to[k]! + share * (from[k]! - to[k]!);
  }
}
