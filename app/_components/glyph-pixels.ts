export const GLYPH_SIDE = 28;
export const GLYPH_BYTES = GLYPH_SIDE * GLYPH_SIDE;

/**
 * One glyph as pixels for `putImageData`: 784 bytes, 255 = ink, become black ink of that opacity on nothing. The class
 * `glyph-pixels` on the canvas inverts it in the dark scheme, so a canvas is drawn once and follows the scheme by itself.
 */
export function toGlyphPixels(bytes: Uint8Array): ImageData {
  if (bytes.length !== GLYPH_BYTES) throw new RangeError(`a glyph has ${GLYPH_BYTES} bytes, not ${bytes.length}`);
  const pixels = new ImageData(GLYPH_SIDE, GLYPH_SIDE);
  for (let i = 0; i < GLYPH_BYTES; i++) {
    // red, green and blue are those of the ink of app/globals.css
    pixels.data[4 * i] = 23;
    pixels.data[4 * i + 1] = 26;
    pixels.data[4 * i + 2] = 38;
    pixels.data[4 * i + 3] = bytes[i];
  }
  return pixels;
}
