import { assertArgument } from "../core/assert.ts";
import type { BinaryImage, GrayImage } from "./images.ts";
import { takePictureRoom } from "./kernels/take-room.ts";
import { takeBytes } from "./page-bytes.ts";

/**
 * Ink where a pixel is darker than `ratio` times the mean of the `window` x `window` px around it (the window is cut at the
 * borders). For finding large printed shapes in a small copy; for strokes see `thresholdLocal`. Running sums: the cost does not
 * grow with the window. The definition is in `threshold-mean.reference.ts`; a test holds the two equal.
 */
export function thresholdMean(image: GrayImage, window: number, ratio: number): BinaryImage {
  assertArgument(
    Number.isInteger(window) && window >= 3 && window <= 2048,
    `thresholdMean needs a whole window of 3 to 2048 px, got ${window}`,
  );
  const { width, height, data } = image;
  const out = takeBytes(width * height, true);
  const reach = window >> 1;
  const room = takePictureRoom([4 * width, 4 * width + 4, width], { read: [data], write: [out] });
  const { kernels, bytes, at, read, write } = room;
  const [columns, sums, unused] = at;
  bytes.fill(0, columns, columns + 4 * width);
  const row = (y: number): number => (y < 0 || y >= height ? 0 : read[0] + y * width);
  // Rows above the first window's middle, then one row comes and one goes with each step down.
  for (let y = 0; y < Math.min(reach, height); y++) kernels.meanRow(unused, read[0], row(y), 0, columns, sums, width, reach, 1, ratio);
  for (let y = 0; y < height; y++) {
    const rows = Math.min(height - 1, y + reach) - Math.max(0, y - reach) + 1;
    kernels.meanRow(write[0] + y * width, row(y), row(y + reach), row(y - reach - 1), columns, sums, width, reach, rows, ratio);
  }
  room.finish();
  return { width, height, data: out };
}
