import { type Floats, type LayerFloats, type UpdateOptions, VELOCITY_FLOOR } from "./kernels.ts";
import { layerGradientReference } from "./layer-gradient.reference.ts";

/**
 * One step of gradient descent with momentum on w (I x O) and b (O), from the layer's inputs x (B x I) and errors d (B x O).
 *
 *   v <- momentum v - rate g,   w <- w + v             Polyak 1964; Sutskever et al. 2013, eq. 1 and 2
 */
export function updateLayerReference(
  layer: LayerFloats,
  velocity: LayerFloats,
  { x, d }: { x: Floats; d: Floats },
  options: UpdateOptions,
): void {
  const { I, O } = options;
  const g = { w: new Float64Array(I * O), b: new Float64Array(O) };
  layerGradientReference(g, x, d, options);
  moveReference(layer.w, velocity.w, g.w, options);
  moveReference(layer.b, velocity.b, g.b, options);
}

function moveReference(w: Floats, v: Floats, g: Floats, { rate, momentum }: UpdateOptions): void {
  for (let k = 0; k < w.length; k++) {
    const next = momentum * v[k]! - rate * g[k]!;
    v[k] = Math.abs(next) < VELOCITY_FLOOR ? 0 : next;
    w[k] = w[k]! + v[k]!;
  }
}
