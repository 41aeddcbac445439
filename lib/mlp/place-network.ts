import type { Kernels } from "./kernels/kernels.ts";
import { createNetwork, type Network } from "./network.ts";

/** A copy of a network (or its velocities) where kernels can work on it, in their own order. */
export function placeNetwork(kernels: Kernels, network: Network): Network {
  const { sizes, activation } = network;
  const layers = network.layers.map((layer, l) => {
    const shape = { I: sizes[l]!, O: sizes[l + 1]! };
    const placed = kernels.createLayer(shape.I, shape.O);
    kernels.writeLayer(placed, layer, shape);
    return placed;
  });
  return { sizes, activation, layers };
}

/** The way back: a copy with row-major weights, in an ordinary array. */
export function readNetwork(kernels: Kernels, placed: Network): Network {
  const { sizes, activation } = placed;
  const double = placed.layers[0]!.w instanceof Float64Array;
  const network = createNetwork(sizes, activation, (length) => (double ? new Float64Array(length) : new Float32Array(length)));
  network.layers.forEach((layer, l) => {
    kernels.readLayer(layer, placed.layers[l]!, { I: sizes[l]!, O: sizes[l + 1]! });
  });
  return network;
}
