import { placeMotion } from "../augment/place-motion.ts";
import { planDistortion } from "../augment/plan-distortion.ts";
import { type Floats, type Kernels, MOTION_LENGTH } from "../kernels/kernels.ts";
import { VIEW_PLANS, type Views } from "./views.ts";

/** What it takes to look at images otherwise than as they are. */
export interface PlacedViews {
  /** How often each image is looked at. */
  readonly count: number;
  /** x (B x pixels) = images (B x pixels bytes) in [0, 1], as look k sees them. Both are the kernels' own arrays. */
  readonly look: (k: number, x: Floats, images: Uint8Array, B: number) => void;
}

/**
 * @param kernels made for B examples and for `planDistortion(..., pixels, views)`
 * @returns null for "one", which takes images as they are
 * @throws InkformError `invalid-argument` as `planDistortion`
 */
export function placeViews(kernels: Kernels, views: Views, { pixels, B }: { pixels: number; B: number }): PlacedViews | null {
  const plan = planDistortion("none", pixels, views);
  if (!plan) return null;
  const { side } = plan;
  const motions = kernels.allocate(B * MOTION_LENGTH);
  return {
    count: VIEW_PLANS[views].length,
    look: (k, x, images, count) => {
      const { sin, scale, shiftX, shiftY } = VIEW_PLANS[views][k]!;
      for (let b = 0; b < count; b++) placeMotion(motions, b, { side, sin, scaleX: scale, scaleY: scale, shear: 0, shiftX, shiftY });
      kernels.distortImages(x, images, { B: count, side, motions, noise: null });
    },
  };
}
