import type { BinaryImage } from "../../image/images.ts";

/** Ink cut out of a page: a tight image and where it lies in the page's ink, px. */
export interface InkPiece {
  readonly image: BinaryImage;
  readonly x: number;
  readonly y: number;
}

/** Less ink than this is no writing: 0.3 mm across, the dot of an i (see lib/page's README). */
export const LEAST_INK = 10;

/** The ink of `image` for which `keep` says so, tight; null where that is less than a dot. `x`, `y`: where the image lies in the page's ink. */
export function takeInk(
  { width, height, data }: BinaryImage,
  { x, y }: { readonly x: number; readonly y: number },
  keep: (x: number, y: number) => boolean,
): InkPiece | null {
  let [left, right, top, bottom, count] = [width, -1, height, -1, 0];
  const kept = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const i = row * width + column;
      if (data[i] === 0 || !keep(column, row)) continue;
      kept[i] = 1;
      count++;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = row;
    }
  }
  if (count < LEAST_INK) return null;
  const [w, h] = [right - left + 1, bottom - top + 1];
  const tight = new Uint8Array(w * h);
  for (let row = 0; row < h; row++) tight.set(kept.subarray((top + row) * width + left, (top + row) * width + left + w), row * w);
  return { image: { width: w, height: h, data: tight }, x: x + left, y: y + top };
}
