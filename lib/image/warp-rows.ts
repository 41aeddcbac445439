import type { GrayImage } from "./images.ts";
import { type Room, takePictureRoom } from "./kernels/take-room.ts";
import { takeBytes } from "./page-bytes.ts";
import { valueAt } from "./value-at.ts";

/** Output px between places that the map is asked for: it is straight between. */
export const RUN = 16;

/**
 * Added to a place below 32,768 px and taken from it, leaves a multiple of 2^-36 of a px: of these a run's 16 sums are exact, whatever the order, and
 * px may be placed in whole numbers of 64 bits.
 */
export const SNAP = 1.5 * 2 ** 16;

/** Of a larger picture, runs beyond go px by px. */
const MOST_SNAPPED = 32_768;

/** A map from output px to the source, in the kernels' memory. */
export interface RunMap {
  /** Bytes of that memory it needs for itself. */
  readonly scratch: number;
  /**
   * Makes ready in the memory at `scratch`. @returns what writes where row `y`'s `count` runs of `RUN` px lie in the source, at `steps` four f64
   * each: u and v of the run's first px (px centres at whole numbers), and what they grow by from px to px,
   * all of them rounded by `SNAP`.
   */
  open(
    room: Pick<Room, "kernels" | "bytes">,
    at: { readonly scratch: number; readonly steps: number; readonly count: number },
  ): (y: number) => void;
}

/**
 * Draws an image of `width` x `height` px, each run of px from a straight line in the source, bilinear; beyond the source it is white. Runs inside the source
 * go through a kernel, those at its border px by px. The plain way is `warp.reference.ts`; a test holds the two equal.
 */
export function warpRows(source: GrayImage, { width, height }: { width: number; height: number }, map: RunMap): GrayImage {
  const count = Math.ceil(width / RUN);
  const out = takeBytes(width * height, true);
  const room = takePictureRoom([32 * count, map.scratch], { read: [source.data], write: [out] });
  const { kernels, bytes } = room;
  const [steps, scratch] = room.at;
  const [pixels] = room.read;
  const [drawn] = room.write;
  const runs = new Float64Array(bytes.buffer, steps, 4 * count);
  const [right, bottom] = [Math.min(source.width, MOST_SNAPPED) - 2, Math.min(source.height, MOST_SNAPPED) - 2];
  const placeRuns = map.open({ kernels, bytes }, { scratch, steps, count });
  for (let y = 0, row = drawn; y < height; y++, row += width) {
    placeRuns(y);
    for (let first = 0; first < count; ) {
      const end = first + kernels.insideRuns(steps + 32 * first, count - first, right, bottom);
      if (end > first) {
        // What a row's last run has beyond the row is the next one's to write.
        kernels.warpRow(row + RUN * first, pixels, steps + 32 * first, end - first, source.width);
        first = end;
      } else {
        drawRun(source, bytes.subarray(row + RUN * first, row + Math.min(width, RUN * (first + 1))), runs, 4 * first);
        first++;
      }
    }
  }
  room.finish();
  return { width, height, data: out };
}

function drawRun(source: GrayImage, out: Uint8Array, runs: Float64Array, at: number): void {
  let u = runs[at];
  let v = runs[at + 1];
  for (let x = 0; x < out.length; x++, u += runs[at + 2], v += runs[at + 3]) out[x] = valueAt(source, u, v);
}
