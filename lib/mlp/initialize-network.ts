import { Rng } from "../core/rng.ts";
import { deriveSeed } from "./derive-seed.ts";
import type { Floats } from "./kernels/kernels.ts";
import { type Activation, createNetwork, type Network } from "./network.ts";

/** The last layer starts smaller, so that the first outputs are near uniform. */
const LAST_LAYER_SCALE = 0.7;

export interface InitializeOptions {
  readonly activation: Activation;
  readonly seed: number;
}

/** A network with seeded random weights and zero biases. */
export function initializeNetwork(
  sizes: readonly number[],
  { allocate, ...options }: InitializeOptions & { readonly allocate: (length: number) => Floats },
): Network {
  const network = createNetwork(sizes, options.activation, allocate);
  network.layers.forEach(({ w }, l) => {
    initializeWeights(w, { sizes, l }, options);
  });
  return network;
}

/**
 * w (I x O, row-major) = the first weights of such a network's layer l.
 *
 *   ReLU: w ~ N(0, 2 / I)               He et al. 2015, eq. 10
 *   tanh, logistic: w ~ N(0, 2 / (I + O))    Glorot and Bengio 2010, eq. 16
 */
export function initializeWeights(
  w: Floats,
  { sizes, l }: { readonly sizes: readonly number[]; readonly l: number },
  { activation, seed }: InitializeOptions,
): void {
  const I = sizes[l]!;
  const O = sizes[l + 1]!;
  const rng = new Rng(deriveSeed(seed, "weights", l));
  const variance = activation === "relu" ? 2 / I : 2 / (I + O);
  const scale = Math.sqrt(variance) * (l === sizes.length - 2 ? LAST_LAYER_SCALE : 1);
  for (let k = 0; k < w.length; k++) w[k] = scale * rng.normal();
}
