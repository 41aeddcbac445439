import { Rng } from "../core/rng.ts";
import { deriveSeed } from "./derive-seed.ts";
import type { Floats, LayerFloats } from "./kernels/kernels.ts";
import type { Activation, Network } from "./network.ts";

/** The last layer starts smaller, so that the first outputs are near uniform. */
const LAST_LAYER_SCALE = 0.7;

export interface InitializeOptions {
  readonly activation: Activation;
  readonly seed: number;
  readonly allocate: (length: number) => Floats;
}

/** A network with seeded random weights and zero biases. */
export function initializeNetwork(sizes: readonly number[], options: InitializeOptions): Network {
  const layers = sizes.slice(1).map((_, l) => initializeLayer(sizes, l, options));
  return { sizes, activation: options.activation, layers };
}

/**
 * Layer l of such a network by itself: large networks need not be in memory twice while they are placed.
 *
 *   ReLU: w ~ N(0, 2 / I)               He et al. 2015, eq. 10
 *   tanh, logistic: w ~ N(0, 2 / (I + O))    Glorot and Bengio 2010, eq. 16
 */
export function initializeLayer(sizes: readonly number[], l: number, { activation, seed, allocate }: InitializeOptions): LayerFloats {
  const I = sizes[l]!;
  const O = sizes[l + 1]!;
  const w = allocate(I * O);
  const rng = new Rng(deriveSeed(seed, "weights", l));
  const variance = activation === "relu" ? 2 / I : 2 / (I + O);
  const scale = Math.sqrt(variance) * (l === sizes.length - 2 ? LAST_LAYER_SCALE : 1);
  for (let k = 0; k < w.length; k++) w[k] = scale * rng.normal();
  return { w, b: allocate(O) };
}
