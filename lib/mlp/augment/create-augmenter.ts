import { deriveSeed } from "../derive-seed.ts";
import { type Floats, type Kernels, MOTION_LENGTH } from "../kernels/kernels.ts";
import { drawMotion } from "./draw-motion.ts";
import { type AugmentationKind, type DistortionStrength, limitsFor } from "./limits.ts";
import { buildNoiseBank } from "./noise-bank.ts";
import { placeNoise } from "./place-noise.ts";
import { planDistortion } from "./plan-distortion.ts";

/** Where an example stands in a training: its distortion follows from this and the training's seed alone. */
export interface ExamplePosition {
  readonly label: number;
  readonly epoch: number;
  /** Its number in the training set. */
  readonly example: number;
}

/** Turns a mini-batch's bytes into the network's input, distorted or as they are. */
export interface Augmenter {
  /** Draws how example b of the mini-batch will be distorted. */
  readonly draw: (b: number, position: ExamplePosition) => void;
  /** x (B x pixels) = images (B x pixels bytes), in [0, 1], by what was drawn. Both are the kernels' own arrays. */
  readonly fill: (x: Floats, images: Uint8Array, B: number) => void;
}

/**
 * @param kernels made for B examples and for `planDistortion(kind, pixels)`
 * @param options.strength to vary how far images are distorted
 * @throws InkformError `invalid-argument` as `planDistortion`
 */
export function createAugmenter(
  kernels: Kernels,
  kind: AugmentationKind,
  options: {
    readonly classes: readonly string[];
    readonly pixels: number;
    readonly B: number;
    readonly seed: number;
    readonly strength?: DistortionStrength | undefined;
  },
): Augmenter {
  const { classes, pixels, B, seed, strength } = options;
  const plan = planDistortion(kind, pixels);
  if (!plan) return { draw: () => {}, fill: (x, images, count) => kernels.scaleBytes(x, images, count * pixels) };
  const { side } = plan;
  const limits = classes.map((character) => limitsFor(character, kind, strength)!);
  const motions = kernels.allocate(B * MOTION_LENGTH);
  const noise = plan.noise ? placeNoise(kernels, buildNoiseBank(deriveSeed(seed, "noise-bank"))) : null;
  return {
    draw: (b, { label, epoch, example }) =>
      drawMotion(motions, b, { side, limits: limits[label]!, seed: deriveSeed(seed, "augmentation", epoch, example) }),
    fill: (x, images, count) => kernels.distortImages(x, images, { B: count, side, motions, noise }),
  };
}
