import { initializeWeights } from "./initialize-network.ts";
import type { Kernels } from "./kernels/kernels.ts";
import { createNetwork, type Network, type WeightSource } from "./network.ts";

type Shape = Pick<Network, "sizes" | "activation">;

/** A copy of a network (or its velocities) where kernels can work on it, in their own order. */
export function placeNetwork(kernels: Kernels, network: Network): Network {
  const placed = placeZeros(kernels, network);
  network.layers.forEach((layer, l) => {
    kernels.writeLayer(placed.layers[l]!, layer, { I: network.sizes[l]!, O: network.sizes[l + 1]! });
  });
  return placed;
}

/** The same of zeros. */
export function placeZeros(kernels: Kernels, { sizes, activation }: Shape): Network {
  return { sizes, activation, layers: sizes.slice(1).map((O, l) => kernels.createLayer(sizes[l]!, O)) };
}

/**
 * The same with first weights. They are drawn, row-major, where `zeros` has the layer, and moved from there: large networks are never in memory twice.
 * @param zeros a placed network of the same sizes, which is of zeros again afterwards
 */
export function placeFirstWeights(kernels: Kernels, zeros: Network, seed: number): Network {
  const { sizes, activation } = zeros;
  const network = placeZeros(kernels, zeros);
  network.layers.forEach((layer, l) => {
    const shape = { I: sizes[l]!, O: sizes[l + 1]! };
    const { w, b } = zeros.layers[l]!;
    initializeWeights(w.subarray(0, shape.I * shape.O), { sizes, l }, { activation, seed });
    kernels.writeLayer(layer, { w, b: b.subarray(0, shape.O) }, shape);
    w.fill(0);
  });
  return network;
}

/** A placed network to be written into a file as it is then, without a copy on the way. */
export function viewNetwork(kernels: Kernels, { sizes, activation, layers }: Network): WeightSource {
  return { sizes, activation, readRows: (to, { l, first }) => kernels.readRows(to, layers[l]!, { I: sizes[l]!, O: sizes[l + 1]!, first }) };
}

/** The way back: a copy with row-major weights, in an ordinary array. */
export function readNetwork(kernels: Kernels, placed: Network): Network {
  const { sizes, activation } = placed;
  const double = placed.layers[0]!.w instanceof Float64Array;
  const network = createNetwork(sizes, activation, (length) => (double ? new Float64Array(length) : new Float32Array(length)));
  network.layers.forEach(({ w, b }, l) => {
    const [I, O] = [sizes[l]!, sizes[l + 1]!];
    kernels.readRows(w, placed.layers[l]!, { I, O, first: 0 });
    kernels.readRows(b, placed.layers[l]!, { I, O, first: I });
  });
  return network;
}
