import type { GrayImage } from "./images.ts";
import { takeRoom } from "./kernels/take-room.ts";
import { takeBytes } from "./page-bytes.ts";
import { valueAt } from "./value-at.ts";

/** Output px between places that the map is asked for: it is straight between. */
export const RUN = 16;

/**
 * Writes where row `y`'s runs of `RUN` px lie in the source, four numbers each: u and v of the run's first px (px centres at whole numbers), and what they
 * grow by from px to px.
 */
export type PlaceRuns = (y: number, runs: Float64Array) => void;

/**
 * Draws an image of `width` x `height` px, each run of px from a straight line in the source, bilinear; beyond the source it is white. Runs inside the source
 * go through a kernel, those at its border px by px. The plain way is `warp.reference.ts`; a test holds the two equal.
 */
export function warpRows(source: GrayImage, width: number, height: number, placeRuns: PlaceRuns): GrayImage {
  const out = takeBytes(width * height, true);
  const count = Math.ceil(width / RUN);
  const { kernels, bytes, at } = takeRoom([source.data.length, count * RUN, 32 * count]);
  const [pixels, row, steps] = at;
  bytes.set(source.data, pixels);
  const runs = new Float64Array(bytes.buffer, steps, 4 * count);
  for (let y = 0; y < height; y++) {
    placeRuns(y, runs);
    const own = out.subarray(y * width, (y + 1) * width);
    for (let first = 0; first < count; ) {
      const end = first + kernels.insideRuns(steps + 32 * first, count - first, source.width - 2, source.height - 2);
      if (end > first) {
        kernels.warpRow(row, pixels, steps + 32 * first, end - first, source.width);
        const length = Math.min(width, RUN * end) - RUN * first;
        own.set(bytes.subarray(row, row + length), RUN * first);
        first = end;
      } else {
        drawRun(source, own.subarray(RUN * first, RUN * (first + 1)), runs, 4 * first);
        first++;
      }
    }
  }
  return { width, height, data: out };
}

function drawRun(source: GrayImage, out: Uint8Array, runs: Float64Array, at: number): void {
  let u = runs[at];
  let v = runs[at + 1];
  for (let x = 0; x < out.length; x++, u += runs[at + 2], v += runs[at + 3]) out[x] = valueAt(source, u, v);
}
