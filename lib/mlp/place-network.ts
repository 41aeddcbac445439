import type { Kernels, LayerFloats } from "./kernels/kernels.ts";
import { createNetwork, type Network } from "./network.ts";

type Shape = Pick<Network, "sizes" | "activation">;

/** A copy of a network (or its velocities) where kernels can work on it, in their own order. */
export function placeNetwork(kernels: Kernels, network: Network): Network {
  return placeLayers(kernels, network, (l) => network.layers[l]!);
}

/** The same from layers that are made one at a time, when each is placed; or of zeros, where none are given. */
export function placeLayers(kernels: Kernels, { sizes, activation }: Shape, layerAt?: (l: number) => LayerFloats): Network {
  const layers = sizes.slice(1).map((O, l) => {
    const shape = { I: sizes[l]!, O };
    const placed = kernels.createLayer(shape.I, shape.O);
    if (layerAt) kernels.writeLayer(placed, layerAt(l), shape);
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
