import { assertArgument } from "../../core/assert.ts";
import { type KernelNeed, NOISE_SIDE } from "../kernels/kernels.ts";
import type { Views } from "../views/views.ts";
import type { AugmentationKind } from "./limits.ts";

/**
 * What kernels need in order to distort images of so many pixels, in training or to look at them in several ways.
 * @returns undefined where nothing is distorted
 * @throws InkformError `invalid-argument` where the image is no square or too large
 */
export function planDistortion(kind: AugmentationKind, pixels: number, views: Views = "one"): KernelNeed["distortion"] {
  if (kind === "none" && views === "one") return undefined;
  const [what, choose] = kind === "none" ? [`"${views}" views`, "one"] : [`Augmentation "${kind}"`, "none"];
  const side = Math.round(Math.sqrt(pixels));
  assertArgument(side * side === pixels, `${what} needs square images; ${pixels} inputs are no square. Choose "${choose}".`);
  assertArgument(side <= NOISE_SIDE, `${what} takes images of at most ${NOISE_SIDE} px, not ${side}. Choose "${choose}".`);
  return { side, noise: kind === "elastic" };
}
