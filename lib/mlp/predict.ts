import { assertArgument } from "../core/assert.ts";
import { createSimdKernels } from "./kernels/simd/create-simd-kernels.ts";
import type { Model } from "./model.ts";
import type { Network } from "./network.ts";
import { placeForPrediction } from "./place-for-prediction.ts";
import { type PlacedNetwork, predictNetwork } from "./predict-network.ts";

/** A model's network is placed once and goes with the model. */
const placed = new WeakMap<Network, PlacedNetwork>();

/**
 * @param images n x inputs bytes (784 for 28 x 28), 255 = ink, by the normalization the model was trained with
 * @returns n x classes probabilities, row-major
 * @throws InkformError `invalid-argument` where the sizes do not fit
 */
export function predict(model: Model, images: Uint8Array, n: number): Float32Array {
  const inputs = model.layers[0]!;
  assertArgument(
    Number.isInteger(n) && n >= 0 && images.length === n * inputs,
    `The model reads images of ${inputs} pixels; ${n} of them are ${n * inputs} bytes, but ${images.length} came.`,
  );
  let place = placed.get(model.network);
  if (!place) {
    place = placeForPrediction(createSimdKernels, model.network);
    placed.set(model.network, place);
  }
  return predictNetwork(place, images, n);
}
