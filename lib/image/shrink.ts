import { assertArgument } from "../core/assert.ts";
import type { GrayImage } from "./images.ts";
import { addressOf, takePictureRoom } from "./kernels/take-room.ts";
import { takeBytes } from "./page-bytes.ts";

/**
 * Shrinks by a whole factor: each output pixel is the mean of a `factor` x `factor` block, so nothing aliases.
 * Rows and columns that do not fill a block are left out: output pixel (x, y) is the block at (factor x, factor y).
 */
export function shrinkGray(image: GrayImage, factor: number): GrayImage {
  assertArgument(Number.isInteger(factor) && factor >= 1, `shrinkGray needs a whole factor of at least 1, got ${factor}`);
  if (factor === 1) return image;
  const width = Math.max(1, Math.floor(image.width / factor));
  const height = Math.max(1, Math.floor(image.height / factor));
  const blockWidth = Math.min(factor, image.width);
  const blockHeight = Math.min(factor, image.height);
  if (factor === 2 && blockWidth === 2 && blockHeight === 2) return halve(image, width, height);
  const { data } = image;
  const out = takeBytes(width * height, true);
  const sums = new Uint32Array(width);
  const area = blockWidth * blockHeight;
  const half = area >> 1;
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let dy = 0; dy < blockHeight; dy++) {
      let at = (y * factor + dy) * image.width;
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let dx = 0; dx < blockWidth; dx++) sum += data[at + dx];
        sums[x] += sum;
        at += factor;
      }
    }
    for (let x = 0; x < width; x++) out[y * width + x] = ((sums[x] + half) / area) | 0;
  }
  return { width, height, data: out };
}

/** Of a strip that is worked on at once, within the second cache. */
const STRIP_BYTES = 2 ** 17;

/** The commonest factor (a 300 dpi page, a phone's photograph), strip by strip through a kernel. */
function halve({ width: stride, data }: GrayImage, width: number, height: number): GrayImage {
  const out = takeBytes(width * height, true);
  const strip = Math.max(1, Math.floor(STRIP_BYTES / (2 * stride)));
  const room = takePictureRoom([2 * stride * strip], { write: [out] });
  const own = addressOf(data);
  for (let y = 0; y < height; y += strip) {
    const rows = Math.min(strip, height - y);
    if (own === null) room.bytes.set(data.subarray(2 * y * stride, 2 * (y + rows) * stride), room.at[0]);
    room.kernels.halveRows(room.write[0] + y * width, own === null ? room.at[0] : own + 2 * y * stride, width, rows, stride);
  }
  room.finish();
  return { width, height, data: out };
}
