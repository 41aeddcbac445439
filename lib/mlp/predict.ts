import { assertArgument } from "../core/assert.ts";
import { createSimdKernels } from "./kernels/simd/create-simd-kernels.ts";
import type { Model } from "./model.ts";
import type { Network } from "./network.ts";
import { placeForPrediction } from "./place-for-prediction.ts";
import { type PlacedNetwork, predictNetwork } from "./predict-network.ts";
import { reshapeImages } from "./reshape/reshape-images.ts";
import type { Views } from "./views/views.ts";

/** A model's networks are placed once and go with the model. */
const placed = new WeakMap<Network, Partial<Record<Views, PlacedNetwork>>>();

/**
 * Of a committee: the mean of its networks' probabilities.
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
  const { reshapes, views } = model.meta;
  const votes = model.networks.map((network, m) =>
    predictNetwork(placeOnce(network, views[m]!), reshapeImages(reshapes[m]!, images, n), n),
  );
  return votes.length === 1 ? votes[0]! : mean(votes);
}

function placeOnce(network: Network, views: Views): PlacedNetwork {
  const places = placed.get(network) ?? {};
  placed.set(network, places);
  places[views] ??= placeForPrediction(createSimdKernels, network, { views });
  return places[views];
}

/** Summed in float64, rounded once: the order of the networks leaves no trace worth naming. */
function mean(votes: readonly Float32Array[]): Float32Array {
  return votes[0]!.map((_, k) => {
    let sum = 0;
    for (const vote of votes) sum += vote[k]!;
    return sum / votes.length;
  });
}
