import { assertArgument } from "../core/assert.ts";
import type { BinaryImage } from "../image/images.ts";
import { takeRoom } from "../image/kernels/take-room.ts";

/**
 * `normalizeGlyph` by a kernel, for the hundreds of glyphs of a page: the same bytes (test). What a browser's main thread draws goes through the plain one: it
 * loads no kernels for that.
 * @param glyph h x w, ink = 1, at least one px of ink
 * @returns 784 bytes, row-major, 255 = ink
 * @throws InkformError `invalid-argument` where there is no ink
 */
export function normalizeInk({ width, height, data }: BinaryImage): Uint8Array {
  const side = Math.max(20, width, height);
  const { kernels, bytes, at } = takeRoom([data.length, 64 * side, 3600, 784]);
  const [pixels, table, cells, image] = at;
  bytes.set(data, pixels);
  const found = kernels.normalizeInk(pixels, width, height, table, cells, image);
  assertArgument(found !== 0, "a glyph to normalize must have ink, got an image with none; leave blank boxes out before");
  return bytes.slice(image, image + 784);
}
