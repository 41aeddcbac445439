import type { BinaryImage } from "../image/images.ts";

/** From the first ink to the last in each column, px; 0 where there is none. */
export function measureExtents({ width, height, data }: BinaryImage): Uint16Array {
  const extents = new Uint16Array(width);
  const first = new Int32Array(width).fill(-1);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (data[i] === 0) continue;
      if (first[x] < 0) first[x] = y;
      extents[x] = y + 1 - first[x];
    }
  return extents;
}
