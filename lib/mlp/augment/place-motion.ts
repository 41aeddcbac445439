import { type Floats, MOTION_LENGTH } from "../kernels/kernels.ts";

/** An affine motion from target to source. Lengths in px. */
export interface Motion {
  readonly side: number;
  /** Of the angle by which the image turns. */
  readonly sin: number;
  readonly scaleX: number;
  readonly scaleY: number;
  /** x moves by so much of y. */
  readonly shear: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

/** Writes motion b: the start and A = rotation x shear x scale. What it has of the noise is left as it is. */
export function placeMotion(motions: Floats, b: number, { side, sin, scaleX, scaleY, shear, shiftX, shiftY }: Motion): void {
  const cos = Math.sqrt(1 - sin * sin);
  const centre = (side - 1) / 2;
  const at = b * MOTION_LENGTH;
  motions[at] = centre + shiftX;
  motions[at + 1] = centre + shiftY;
  motions[at + 2] = cos * scaleX;
  motions[at + 3] = (cos * shear - sin) * scaleY;
  motions[at + 4] = sin * scaleX;
  motions[at + 5] = (sin * shear + cos) * scaleY;
}
