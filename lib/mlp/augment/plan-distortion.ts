import { assertArgument } from "../../core/assert.ts";
import { type KernelNeed, NOISE_SIDE } from "../kernels/kernels.ts";
import type { AugmentationKind } from "./limits.ts";

/**
 * What kernels need in order to distort images of so many pixels.
 * @returns undefined where nothing is distorted
 * @throws InkformError `invalid-argument` where the image is no square or too large
 */
export function planDistortion(kind: AugmentationKind, pixels: number): KernelNeed["distortion"] {
  if (kind === "none") return undefined;
  const side = Math.round(Math.sqrt(pixels));
  assertArgument(side * side === pixels, `Augmentation "${kind}" needs square images; ${pixels} inputs are no square. Choose "none".`);
  assertArgument(side <= NOISE_SIDE, `Augmentation "${kind}" takes images of at most ${NOISE_SIDE} px, not ${side}. Choose "none".`);
  return { side, noise: kind === "elastic" };
}
