import type { Point } from "../core/geometry.ts";
import type { GrayImage } from "./images.ts";
import { valueAt } from "./value-at.ts";

/** `warpGrayMesh` without its averaging, pixel by pixel, as its definition says: slow, for tests. */
export function warpGrayMeshReference(
  source: GrayImage,
  dstToSrc: (p: Point) => Point,
  { width, height }: { width: number; height: number },
): GrayImage {
  const data = new Uint8Array(width * height);
  // The map's rows of places end with the first that reaches the picture's edge.
  const lastRow = Math.ceil(height / 16) - 1;
  for (let y = 0; y < height; y++) {
    const row = Math.min(lastRow, Math.floor((y + 0.5) / 16));
    const down = (y + 0.5) / 16 - row;
    const edge = (x: number): Point => {
      const above = dstToSrc({ x, y: 16 * row });
      const below = dstToSrc({ x, y: 16 * (row + 1) });
      const [u, v] = [above.x - 0.5, above.y - 0.5];
      return { x: u + (below.x - 0.5 - u) * down, y: v + (below.y - 0.5 - v) * down };
    };
    for (let x = 0; x < width; x++) {
      const start = 16 * Math.floor(x / 16);
      const [a, b] = [edge(start), edge(start + 16)];
      const step = { x: (b.x - a.x) / 16, y: (b.y - a.y) / 16 };
      let [u, v] = [snap(a.x + step.x / 2), snap(a.y + step.y / 2)];
      for (let k = start; k < x; k++) [u, v] = [u + snap(step.x), v + snap(step.y)];
      data[y * width + x] = valueAt(source, u, v);
    }
  }
  return { width, height, data };
}

/** To a multiple of 2^-36 px: in doubles of 52 bits behind the leading one, numbers from 2^16 to 2^17 have 36 behind the point. */
function snap(place: number): number {
  return place + 98_304 - 98_304;
}
