import { Rng } from "../../lib/core/rng.ts";
import { initializeNetwork } from "../../lib/mlp/initialize-network.ts";
import type { Activation, Network } from "../../lib/mlp/network.ts";

/** A network as training starts with, but with biases that are not zero, so that a reader who forgets them is found out. */
export function randomNetwork(sizes: readonly number[], options: { readonly activation: Activation; readonly seed: number }): Network {
  const network = initializeNetwork(sizes, { ...options, allocate: (length) => new Float32Array(length) });
  const rng = new Rng(options.seed);
  for (const { b } of network.layers) for (let k = 0; k < b.length; k++) b[k] = 0.3 * rng.normal();
  return network;
}
