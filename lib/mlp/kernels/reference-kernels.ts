import { averageLayerReference } from "./average-layer.reference.ts";
import { backwardLayerReference } from "./backward-layer.reference.ts";
import { distortImagesReference } from "./distort-images.reference.ts";
import { dropOutErrorsReference, dropOutReference } from "./drop-out.reference.ts";
import { forwardLayerReference } from "./forward-layer.reference.ts";
import type { Kernels } from "./kernels.ts";
import { plainStorage } from "./plain-storage.ts";
import { softmaxCrossEntropyReference, softmaxReference } from "./softmax-cross-entropy.reference.ts";
import { softmaxSquaredErrorReference } from "./softmax-squared-error.reference.ts";
import { updateLayerReference } from "./update-layer.reference.ts";

/** The kernels that read like the formulas, in float64: slow, and what the fast ones are held to. */
export const referenceKernels: Kernels = {
  ...plainStorage((length) => new Float64Array(length)),
  distortImages: distortImagesReference,
  forwardLayer: forwardLayerReference,
  dropOut: dropOutReference,
  dropOutErrors: dropOutErrorsReference,
  averageLayer: averageLayerReference,
  softmaxCrossEntropy: softmaxCrossEntropyReference,
  softmaxSquaredError: softmaxSquaredErrorReference,
  softmax: softmaxReference,
  backwardLayer: backwardLayerReference,
  updateLayer: updateLayerReference,
};
