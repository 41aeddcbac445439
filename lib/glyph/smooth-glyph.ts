const SIDE = 28;
const PIXELS = SIDE * SIDE;

/** A glyph's 28 x 28 image by the binomial kernel 1 2 1 in x and y (sums, 16 times the mean); paper beyond the edges. Strokes a px apart are still alike. */
export function smoothGlyph(image: Uint8Array): Float32Array {
  const out = new Float32Array(PIXELS);
  for (let i = 0; i < PIXELS; i++) {
    const x = i % SIDE;
    const sum = 2 * image[i] + (x > 0 ? image[i - 1] : 0) + (x < SIDE - 1 ? image[i + 1] : 0);
    out[i] += 2 * sum;
    if (i >= SIDE) out[i - SIDE] += sum;
    if (i < PIXELS - SIDE) out[i + SIDE] += sum;
  }
  return out;
}
