import { averageLayerReference } from "./average-layer.reference.ts";
import { backwardLayer } from "./backward-layer.ts";
import { distortImagesReference } from "./distort-images.reference.ts";
import { dropOutErrorsReference, dropOutReference } from "./drop-out.reference.ts";
import { forwardLayer } from "./forward-layer.ts";
import type { Kernels } from "./kernels.ts";
import { plainStorage } from "./plain-storage.ts";
import { softmaxCrossEntropyReference, softmaxReference } from "./softmax-cross-entropy.reference.ts";
import { softmaxSquaredErrorReference } from "./softmax-squared-error.reference.ts";
import { updateLayer } from "./update-layer.ts";

/** Float32 kernels in plain TypeScript that skip zeros. What is a thousandth of the work, as the softmax, is the reference's, and the distortion. */
export const sparseKernels: Kernels = {
  ...plainStorage((length) => new Float32Array(length)),
  distortImages: distortImagesReference,
  forwardLayer,
  dropOut: dropOutReference,
  dropOutErrors: dropOutErrorsReference,
  averageLayer: averageLayerReference,
  softmaxCrossEntropy: softmaxCrossEntropyReference,
  softmaxSquaredError: softmaxSquaredErrorReference,
  softmax: softmaxReference,
  backwardLayer,
  updateLayer,
};
