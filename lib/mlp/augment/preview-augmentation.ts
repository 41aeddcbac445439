import { createAugmenter } from "./create-augmenter.ts";
import type { AugmentationKind } from "./limits.ts";

/**
 * What augmentation makes of one glyph, for a person to look at: the same code and limits as in training.
 * @param image pixels bytes (28 x 28), 255 = ink
 * @param character the glyph's class, for its limits
 * @returns `count` images one after another, as bytes
 */
export function previewAugmentation(
  image: Uint8Array,
  character: string,
  options: { readonly kind: AugmentationKind; readonly count: number; readonly seed: number },
): Uint8Array {
  const pixels = image.length;
  const augment = createAugmenter(options.kind, { classes: [character], pixels, seed: options.seed });
  const values = new Float32Array(pixels);
  const result = new Uint8Array(pixels * options.count);
  for (let n = 0; n < options.count; n++) {
    augment({ values, at: 0 }, image, { label: 0, epoch: n, example: 0 });
    for (let k = 0; k < pixels; k++) result[n * pixels + k] = Math.round(values[k]! * 255);
  }
  return result;
}
