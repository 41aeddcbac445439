import { createSimdKernels } from "../kernels/simd/create-simd-kernels.ts";
import { createAugmenter } from "./create-augmenter.ts";
import type { AugmentationKind, DistortionStrength } from "./limits.ts";
import { planDistortion } from "./plan-distortion.ts";

/**
 * What augmentation makes of one glyph, for a person to look at: the same kernels and limits as in training, as the first example in each of
 * `count` epochs.
 * @param image pixels bytes (28 x 28), 255 = ink
 * @param character the glyph's class, for its limits
 * @returns `count` images one after another, as bytes
 */
export function previewAugmentation(
  image: Uint8Array,
  character: string,
  options: {
    readonly kind: AugmentationKind;
    readonly count: number;
    readonly seed: number;
    readonly strength?: DistortionStrength | undefined;
  },
): Uint8Array {
  const { kind, count, seed, strength } = options;
  const pixels = image.length;
  const kernels = createSimdKernels({ sizes: [pixels], B: count, training: false, distortion: planDistortion(kind, pixels) });
  const augmenter = createAugmenter(kernels, kind, { classes: [character], pixels, B: count, seed, strength });
  const x = kernels.allocate(count * pixels);
  const images = kernels.allocateBytes(count * pixels);
  for (let n = 0; n < count; n++) {
    images.set(image, n * pixels);
    augmenter.draw(n, { label: 0, epoch: n, example: 0 });
  }
  augmenter.fill(x, images, count);
  return Uint8Array.from(x, (value) => Math.round(value * 255));
}
