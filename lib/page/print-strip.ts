import { assertArgument } from "../core/assert.ts";
import type { GrayImage } from "../image/images.ts";
import { type Room, takePictureRoom } from "../image/kernels/take-room.ts";

/** Rows of a page in the kernels' memory, to sum greys along printed lines. Done with at the next `takeRoom`. */
export interface PrintStrip extends Pick<Room, "kernels" | "bytes"> {
  /** Of the page. */
  readonly width: number;
  readonly height: number;
  /** Its rows from `top` to before `bottom` are there. */
  readonly top: number;
  readonly bottom: number;
  /** Addresses: the first of these rows; sums, and sums of squares, `MOST_ACROSS` i32 each. */
  readonly rows: number;
  readonly sums: number;
  readonly squares: number;
}

/** A stretch along a line, and px across it, of the page. */
export interface Across {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly count: number;
}

/** 20 mm at 300 dpi. */
const MOST_ACROSS = 256;

/** @param top,bottom cut off at the page's edges */
export function openPrintStrip({ width, height, data }: GrayImage, top: number, bottom: number): PrintStrip {
  const first = Math.min(height, Math.max(0, Math.floor(top)));
  const end = Math.max(first, Math.min(height, Math.ceil(bottom)));
  const { kernels, bytes, at, read } = takePictureRoom([4 * MOST_ACROSS, 4 * MOST_ACROSS], {
    read: [data.subarray(first * width, end * width)],
  });
  return { kernels, bytes, width, height, top: first, bottom: end, rows: read[0], sums: at[0], squares: at[1] };
}

/**
 * Sums of grey along a line for each px across it, and sums of squares where these are wanted: until the next call.
 * @throws InkformError where the stretch is not in the strip: a fault of the caller's
 */
export function sumAcross(
  strip: PrintStrip,
  direction: "h" | "v",
  { from, to, first, count }: Across,
  withSquares = false,
): { sums: Int32Array; squares: Int32Array } {
  const { kernels, bytes, width, top, bottom, rows, sums, squares } = strip;
  const isH = direction === "h";
  const [x0, x1, y0, y1] = isH ? [from, to, first, first + count] : [first, first + count, from, to];
  assertArgument(count <= MOST_ACROSS && x0 >= 0 && x1 <= width && y0 >= top && y1 <= bottom, "a stretch beyond the strip of the page");
  const [along, across] = isH ? [1, width] : [width, 1];
  kernels.sumsAcross(rows + (y0 - top) * width + x0, to - from, count, along, across, sums, withSquares ? squares : 0);
  return { sums: new Int32Array(bytes.buffer, sums, count), squares: new Int32Array(bytes.buffer, squares, count) };
}
