import { assertArgument } from "../core/assert.ts";
import { sparseKernels } from "./kernels/sparse-kernels.ts";
import type { Model } from "./model.ts";
import { predictNetwork } from "./predict-network.ts";

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
  return predictNetwork(sparseKernels, model.network, images, n);
}
