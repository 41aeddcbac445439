import { assertArgument } from "../core/assert.ts";
import type { Floats, LayerFloats, Nonlinearity } from "./kernels/kernels.ts";

/** What the hidden layers apply; the last layer goes into the softmax as it is. */
export const ACTIVATIONS = ["relu", "tanh", "logistic"] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** A stack of fully connected layers: layer l maps sizes[l] inputs to sizes[l + 1] outputs. */
export interface Network {
  readonly sizes: readonly number[];
  readonly activation: Activation;
  /** sizes.length - 1 of them. */
  readonly layers: readonly LayerFloats[];
}

/** A network whose weights are elsewhere, in another order, and are written where they are wanted. */
export interface WeightSource extends Pick<Network, "sizes" | "activation"> {
  /** to (row-major, of O columns) = as many rows of layer l as it has room for, from row `first`; row I, the last, are the biases. */
  readonly readRows: (to: Floats, from: { l: number; first: number }) => void;
}

/** A network (or its velocities) of zeros. @throws InkformError `invalid-argument` where the sizes make no network */
export function createNetwork(sizes: readonly number[], activation: Activation, allocate: (length: number) => Floats): Network {
  assertArgument(
    sizes.length >= 2 && sizes.every((size) => Number.isInteger(size) && size >= 1 && size <= 100_000),
    `A network needs at least two layer sizes, each a whole number from 1, such as 784,128,10; not ${sizes.join(",")}.`,
  );
  const layers = sizes.slice(1).map((O, l) => ({ w: allocate(sizes[l]! * O), b: allocate(O) }));
  return { sizes, activation, layers };
}

/** f of layer l. */
export function nonlinearityOf(network: Network, l: number): Nonlinearity {
  return l === network.layers.length - 1 ? "linear" : network.activation;
}

/** Weights and biases together. */
export function countParameters(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, O, l) => sum + (sizes[l]! + 1) * O, 0);
}

/** All arrays of a network in file order: w, b of the first layer, then of the next. */
export function listArrays(network: Network): Floats[] {
  return network.layers.flatMap((layer) => [layer.w, layer.b]);
}

export function hasOnlyFinite(network: Network): boolean {
  return listArrays(network).every(isFiniteArray);
}

export function isFiniteArray(array: Floats): boolean {
  for (let k = 0; k < array.length; k++) if (!Number.isFinite(array[k])) return false;
  return true;
}
