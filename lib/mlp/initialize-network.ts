import { Rng } from "../core/rng.ts";
import { deriveSeed } from "./derive-seed.ts";
import type { Floats } from "./kernels/kernels.ts";
import { type Activation, createNetwork, type Network } from "./network.ts";

/** The last layer starts smaller, so that the first outputs are near uniform. */
const LAST_LAYER_SCALE = 0.7;

/**
 * A network with seeded random weights and zero biases.
 *
 *   ReLU: w ~ N(0, 2 / I)               He et al. 2015, eq. 10
 *   tanh, logistic: w ~ N(0, 2 / (I + O))    Glorot and Bengio 2010, eq. 16
 */
export function initializeNetwork(
  sizes: readonly number[],
  options: { readonly activation: Activation; readonly seed: number; readonly allocate: (length: number) => Floats },
): Network {
  const network = createNetwork(sizes, options.activation, options.allocate);
  network.layers.forEach(({ w }, l) => {
    const rng = new Rng(deriveSeed(options.seed, "weights", l));
    const I = sizes[l]!;
    const O = sizes[l + 1]!;
    const variance = options.activation === "relu" ? 2 / I : 2 / (I + O);
    const scale = Math.sqrt(variance) * (l === network.layers.length - 1 ? LAST_LAYER_SCALE : 1);
    for (let k = 0; k < w.length; k++) w[k] = scale * rng.normal();
  });
  return network;
}
