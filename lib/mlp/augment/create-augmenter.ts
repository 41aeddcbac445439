import { assertArgument } from "../../core/assert.ts";
import { deriveSeed } from "../derive-seed.ts";
import { distortImage } from "./distort-image.ts";
import { type AugmentationKind, limitsFor } from "./limits.ts";
import { buildNoiseBank } from "./noise-bank.ts";

/** Where an example stands in a training: its distortion follows from this and the training's seed alone. */
export interface ExamplePosition {
  readonly label: number;
  readonly epoch: number;
  /** Its number in the training set. */
  readonly example: number;
}

/** Writes an image, distorted or as it is, as values in [0, 1] to `values` from `at` on. */
export type Augmenter = (
  target: { readonly values: Float32Array | Float64Array; readonly at: number },
  image: Uint8Array,
  position: ExamplePosition,
) => void;

/**
 * @param kind `none` only scales bytes to [0, 1]
 * @param options.pixels values an image has; for affine and elastic it must be a square's
 * @throws InkformError `invalid-argument`
 */
export function createAugmenter(
  kind: AugmentationKind,
  options: { readonly classes: readonly string[]; readonly pixels: number; readonly seed: number },
): Augmenter {
  const { classes, pixels, seed } = options;
  if (kind === "none") {
    return ({ values, at }, image) => {
      for (let k = 0; k < pixels; k++) values[at + k] = image[k]! / 255;
    };
  }
  const side = Math.round(Math.sqrt(pixels));
  assertArgument(side * side === pixels, `Augmentation "${kind}" needs square images; ${pixels} inputs are no square. Choose "none".`);
  const limits = classes.map((character) => limitsFor(character, kind)!);
  const bank = kind === "elastic" ? buildNoiseBank(deriveSeed(seed, "noise-bank")) : new Float32Array(0);
  return (target, image, { label, epoch, example }) =>
    distortImage(target, image, side, { limits: limits[label]!, bank, seed: deriveSeed(seed, "augmentation", epoch, example) });
}
