import type { Floats, LayerFloats, UpdateOptions } from "./kernels.ts";
import { layerGradientReference } from "./layer-gradient.reference.ts";
import { limitNormsReference } from "./limit-norms.reference.ts";
import { moveWeightsReference } from "./move-weights.reference.ts";

/**
 * One step on w (I x O) and b (O), from the layer's inputs x (B x I) and errors d (B x O): the mean gradient, and how it moves the weights.
 * Biases do not decay and have no limit.
 */
export function updateLayerReference(
  layer: LayerFloats,
  velocity: LayerFloats,
  { x, d }: { x: Floats; d: Floats },
  options: UpdateOptions,
): void {
  const { I, O, squares, maxNorm } = options;
  const g = { w: new Float64Array(I * O), b: new Float64Array(O) };
  layerGradientReference(g, x, d, options);
  moveWeightsReference({ w: layer.w, v: velocity.w, q: squares?.w, g: g.w }, options);
  moveWeightsReference({ w: layer.b, v: velocity.b, q: squares?.b, g: g.b }, { ...options, weightDecay: 0 });
  if (maxNorm) limitNormsReference(layer.w, { I, O, maxNorm });
}
