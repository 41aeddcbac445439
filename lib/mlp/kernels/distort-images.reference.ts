import { type DistortOptions, type Floats, MOTION_LENGTH, NOISE_SIDE } from "./kernels.ts";

/** Values below this (of 1) become zero: bilinear edges would cost sparsity and say nothing. */
const INK_FLOOR = 0.03;

/**
 * x (B x side^2) = images (B x side^2 bytes, 255 = ink), in [0, 1], each seen through its own motion:
 *
 *   x[b, p] = image_b(A u + start + elastic (noise[windowX + p], noise[windowY + p])),   u = p - centre
 *
 * bilinear between pixels, zero outside. Affine and elastic distortion: Simard, Steinkraus, Platt 2003.
 */
export function distortImagesReference(x: Floats, images: Uint8Array, { B, side, motions, noise }: DistortOptions): void {
  const centre = (side - 1) / 2;
  for (let b = 0; b < B; b++) {
    const image = images.subarray(b * side * side, (b + 1) * side * side);
    const motion = motions.subarray(b * MOTION_LENGTH, (b + 1) * MOTION_LENGTH);
    const [startX, startY, xx, xy, yx, yy, elastic, windowX, windowY] = motion as unknown as Motion;
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const u = column - centre;
        const v = row - centre;
        let sourceX = startX + xx * u + xy * v;
        let sourceY = startY + yx * u + yy * v;
        if (noise) {
          sourceX += elastic * noise[windowX + row * NOISE_SIDE + column]!;
          sourceY += elastic * noise[windowY + row * NOISE_SIDE + column]!;
        }
        const value = interpolate(image, side, sourceX, sourceY) / 255;
        x[(b * side + row) * side + column] = value < INK_FLOOR ? 0 : value;
      }
    }
  }
}

type Motion = [number, number, number, number, number, number, number, number, number];

/** The image at (x, y), bilinear between the four pixels around. */
function interpolate(image: Uint8Array, side: number, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const pixel = (column: number, row: number): number =>
    column >= 0 && row >= 0 && column < side && row < side ? image[row * side + column]! : 0;
  const top = pixel(x0, y0) * (x0 + 1 - x) + pixel(x0 + 1, y0) * (x - x0);
  const bottom = pixel(x0, y0 + 1) * (x0 + 1 - x) + pixel(x0 + 1, y0 + 1) * (x - x0);
  return top * (y0 + 1 - y) + bottom * (y - y0);
}
