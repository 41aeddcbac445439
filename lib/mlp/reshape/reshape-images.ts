import { assertArgument } from "../../core/assert.ts";
import { RESHAPE_PLANS, type Reshape, type ReshapePlan } from "./reshapes.ts";

/** x moves by at most so much of y. */
const MOST_SLANT = 0.8;
/** A pixel of the bounding box. */
const INK = 60;
/** How far an image is stretched at most. A 1 that is made as wide as a 0 is no 1 any more: what is narrow is stretched less. */
const STRETCH = { least: 0.6, most: 1.8, narrow: 1.3, narrowPx: 6 };

/**
 * Images as a network looks at them that was trained on such ones. Networks that look in different ways make different mistakes, so that the mean of a committee leaves
 * fewer (Cireşan, Meier, Gambardella, Schmidhuber 2011, who set the width; Meier et al. 2011, who take out the slant as well).
 *
 * Row y is moved by slant x (y - cy), slant = the covariance of x and y over the variance of y, by which x and y are no longer correlated; then the ink's bounding box is brought to
 * the width and to the middle. Both at once, with linear interpolation in the row. + - * / alone: the same on every machine.
 * @param images n x side x side bytes, 255 = ink
 * @returns the images themselves for "none", else new ones of the same size
 * @throws InkformError `invalid-argument` where images are not square
 */
export function reshapeImages(reshape: Reshape, images: Uint8Array, n: number): Uint8Array {
  if (reshape === "none" || n === 0) return images;
  const side = Math.sqrt(images.length / n);
  assertArgument(Number.isInteger(side), `Only square images can be reshaped (${reshape}); these have ${images.length / n} pixels.`);
  const reshaped = new Uint8Array(images.length);
  const pixels = side * side;
  for (let at = 0; at < images.length; at += pixels) {
    reshapeImage(reshaped.subarray(at, at + pixels), images.subarray(at, at + pixels), { side, ...RESHAPE_PLANS[reshape] });
  }
  return reshaped;
}

function reshapeImage(target: Uint8Array, source: Uint8Array, { side, deslant, width }: ReshapePlan & { readonly side: number }): void {
  const { cx, cy, slant } = measureSlant(source, side);
  const a = deslant ? Math.max(-MOST_SLANT, Math.min(MOST_SLANT, slant)) : 0;
  let [stretch, from, to] = [1, cx, cx];
  if (width !== null) {
    const box = findBox(source, { side, a, cy });
    if (box === null) return;
    stretch = chooseStretch(box.right - box.left + 1, (width * side) / 28);
    [from, to] = [(box.left + box.right) / 2, (side - 1) / 2];
  }
  for (let y = 0; y < side; y++) {
    const row = y * side;
    for (let x = 0; x < side; x++) {
      const at = (x - to) / stretch + from + a * (y - cy);
      const left = Math.floor(at);
      const part = at - left;
      const before = left >= 0 && left < side ? source[row + left]! : 0;
      const after = left + 1 >= 0 && left + 1 < side ? source[row + left + 1]! : 0;
      target[row + x] = Math.round(before * (1 - part) + after * part);
    }
  }
}

/** The ink's centre of mass, and how far x goes with y. */
function measureSlant(image: Uint8Array, side: number): { cx: number; cy: number; slant: number } {
  let [mass, sumX, sumY, sumXY, sumYY] = [0, 0, 0, 0, 0];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const v = image[y * side + x]!;
      mass += v;
      sumX += v * x;
      sumY += v * y;
      sumXY += v * x * y;
      sumYY += v * y * y;
    }
  }
  if (mass === 0) return { cx: (side - 1) / 2, cy: (side - 1) / 2, slant: 0 };
  const [cx, cy] = [sumX / mass, sumY / mass];
  const variance = sumYY / mass - cy * cy;
  return { cx, cy, slant: variance > 0 ? (sumXY / mass - cx * cy) / variance : 0 };
}

/** First and last x of ink when rows are moved by -a (y - cy); null without ink. */
function findBox(image: Uint8Array, { side, a, cy }: { side: number; a: number; cy: number }): { left: number; right: number } | null {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (image[y * side + x]! <= INK) continue;
      const moved = x - a * (y - cy);
      left = Math.min(left, moved);
      right = Math.max(right, moved);
    }
  }
  return left <= right ? { left, right } : null;
}

function chooseStretch(widthNow: number, width: number): number {
  const most = widthNow < STRETCH.narrowPx ? STRETCH.narrow : STRETCH.most;
  return Math.max(STRETCH.least, Math.min(most, width / widthNow));
}
