export const AUGMENTATION_KINDS = ["none", "affine", "elastic"] as const;
export type AugmentationKind = (typeof AUGMENTATION_KINDS)[number];

/** How far an image may be distorted; every example draws its own amounts. Affine amounts are uniform in +- the limit. */
export interface DistortionLimits {
  readonly rotationDeg: number;
  /** Each axis by itself: 0.12 is 88 % to 112 %. */
  readonly scale: number;
  /** x moves by so much of y. */
  readonly shear: number;
  readonly shiftPx: number;
  /** Standard deviation of the elastic displacement. */
  readonly elasticPx: number;
}

/** Factors on the usual limits; 1 where not given. */
export type DistortionStrength = Partial<DistortionLimits>;

/**
 * The amounts of Simard, Steinkraus, Platt 2003 and Ciresan et al. 2010, who turn a 1 and a 7 half as far as other digits: a turned 1
 * is a 7's stroke or a slash. I and l, which are the same stroke as 1, get 1's limit by that likeness alone; it was not measured.
 */
export function limitsFor(character: string, kind: AugmentationKind, strength: DistortionStrength = {}): DistortionLimits | null {
  if (kind === "none") return null;
  const narrow = character === "1" || character === "7" || character === "I" || character === "l";
  const { rotationDeg = 1, scale = 1, shear = 1, shiftPx = 1, elasticPx = 1 } = strength;
  return {
    rotationDeg: rotationDeg * (narrow ? 6 : 12),
    scale: scale * 0.12,
    shear: shear * 0.1,
    shiftPx: shiftPx * 1.2,
    elasticPx: kind === "elastic" ? elasticPx * 1.2 : 0,
  };
}
