import type { Point } from "../../../lib/core/geometry.ts";
import type { GrayImage } from "../../../lib/image/images.ts";

/** Centres of the page's marks, in px. */
export const MARKS: readonly Point[] = [
  { x: 150, y: 150 },
  { x: 1504, y: 150 },
  { x: 1504, y: 2189 },
  { x: 150, y: 2189 },
  { x: 827, y: 1000 },
];

/** A white A4 page at 200 dpi with dark squares of 24 px at `MARKS`. */
export function markedPage(): GrayImage {
  const page = { width: 1654, height: 2339, data: new Uint8Array(1654 * 2339).fill(255) };
  for (const mark of MARKS) {
    for (let y = mark.y - 12; y < mark.y + 12; y++) page.data.fill(0, y * 1654 + mark.x - 12, y * 1654 + mark.x + 12);
  }
  return page;
}

/** Centre of mass of the darkness within `reach` px of `near`, as a reader would find it. */
export function findDarkCentre(
  image: { width: number; height: number; at(x: number, y: number): number },
  near: Point,
  reach: number,
): Point {
  let [sum, sx, sy] = [0, 0, 0];
  const white = image.at(Math.round(near.x), Math.round(near.y - reach));
  for (let y = Math.floor(near.y) - reach; y <= near.y + reach; y++) {
    for (let x = Math.floor(near.x) - reach; x <= near.x + reach; x++) {
      if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
      const dark = Math.max(0, white - 20 - image.at(x, y));
      sum += dark;
      sx += dark * (x + 0.5);
      sy += dark * (y + 0.5);
    }
  }
  return { x: sx / sum, y: sy / sum };
}
