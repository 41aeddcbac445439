import { backwardLayer } from "./backward-layer.ts";
import { distortImagesReference } from "./distort-images.reference.ts";
import { forwardLayer } from "./forward-layer.ts";
import type { Kernels } from "./kernels.ts";
import { plainStorage } from "./plain-storage.ts";
import { softmaxCrossEntropyReference, softmaxReference } from "./softmax-cross-entropy.reference.ts";
import { updateLayer } from "./update-layer.ts";

/** Float32 kernels in plain TypeScript that skip zeros. The softmax, a thousandth of the work, and the distortion are the reference's. */
export const sparseKernels: Kernels = {
  ...plainStorage((length) => new Float32Array(length)),
  distortImages: distortImagesReference,
  forwardLayer,
  softmaxCrossEntropy: softmaxCrossEntropyReference,
  softmax: softmaxReference,
  backwardLayer,
  updateLayer,
};
