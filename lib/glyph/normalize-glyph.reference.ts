import { assertArgument } from "../core/assert.ts";
import type { BinaryImage } from "../image/images.ts";

const EPSILON = 1e-11;

/**
 * The plain form of `normalizeGlyph`: same signature, same output bit for bit, one loop a step of the recipe.
 * Formulas: the reconstruction of MNIST's preprocessing in Yadav and Bottou, "Cold Case: The Lost MNIST Digits" (NeurIPS 2019).
 * i, x = row; j, y = column.
 */
export function normalizeGlyphReference(glyph: BinaryImage): Uint8Array {
  // 1. The tight box of all ink.
  let top = Infinity;
  let bottom = -1;
  let left = Infinity;
  let right = -1;
  for (let i = 0; i < glyph.height; i++) {
    for (let j = 0; j < glyph.width; j++) {
      if (glyph.data[i * glyph.width + j] === 0) continue;
      top = Math.min(top, i);
      bottom = Math.max(bottom, i);
      left = Math.min(left, j);
      right = Math.max(right, j);
    }
  }
  assertArgument(bottom >= 0, "a glyph to normalize must have ink, got an image with none; leave blank boxes out before");
  const h = bottom - top + 1;
  const w = right - left + 1;

  // 2. A square of side m around it, paper beyond the edges. NIST's 128 x 128 images hold the glyph in their middle, so the
  // recipe's max(0, ...) never takes effect there; on a tight crop it would shift the glyph, so it is left out.
  let m = Math.max(h, w, 10);
  const i0 = top - Math.trunc((m - h) / 2);
  const j0 = left - Math.trunc((m - w) / 2);
  let square = new Uint8Array(m * m);
  for (let i = 0; i < h; i++) {
    for (let j = 0; j < w; j++) {
      if (glyph.data[(top + i) * glyph.width + left + j] !== 0) square[(top + i - i0) * m + left + j - j0] = 1;
    }
  }

  // 3. Small glyphs are doubled.
  while (m < 20) {
    const doubled = new Uint8Array(4 * m * m);
    for (let i = 0; i < 2 * m; i++) {
      for (let j = 0; j < 2 * m; j++) doubled[i * 2 * m + j] = square[(i >> 1) * m + (j >> 1)];
    }
    square = doubled;
    m *= 2;
  }

  // 4. Area resampling to 20 x 20, each input px covering 0.99 of its share.
  const s = 20 / m;
  const out = new Float64Array(400);
  for (let i = 0; i < m; i++) {
    const x = 10 + s * (i - m / 2);
    const xi = Math.floor(x + EPSILON);
    const xw = Math.ceil(x + 0.99 * s - EPSILON) - 1;
    const dx = clip01(xi + 1 - x);
    const dxw = clip01(x + 0.99 * s - xw);
    for (let j = 0; j < m; j++) {
      const v = square[i * m + j];
      if (v === 0) continue;
      const y = 10 + s * (j - m / 2);
      const yi = Math.floor(y + EPSILON);
      const yw = Math.ceil(y + 0.99 * s - EPSILON) - 1;
      const dy = clip01(yi + 1 - y);
      const dyw = clip01(y + 0.99 * s - yw);
      if (xi === xw && yi === yw) {
        out[xi * 20 + yi] += v * s * s;
      } else if (xi === xw) {
        out[xi * 20 + yi] += v * dy * s;
        out[xi * 20 + yw] += v * dyw * s;
      } else if (yi === yw) {
        out[xi * 20 + yi] += v * dx * s;
        out[xw * 20 + yi] += v * dxw * s;
      } else {
        out[xi * 20 + yi] += v * dx * dy;
        out[xw * 20 + yi] += v * dxw * dy;
        out[xi * 20 + yw] += v * dx * dyw;
        out[xw * 20 + yw] += v * dxw * dyw;
      }
    }
  }

  // 5. Quantise.
  let strongest = 0;
  for (const value of out) strongest = Math.max(strongest, value);
  const ink = Math.min(1, strongest);
  const q = new Uint8Array(400);
  for (let k = 0; k < 400; k++) q[k] = Math.max(0, Math.min(255, Math.floor((out[k] * 255) / ink + 0.5)));

  // 6. The centre of mass goes near (15, 15), truncated.
  let sum = 0;
  let sumI = 0;
  let sumJ = 0;
  for (let i = 0; i < 20; i++) {
    for (let j = 0; j < 20; j++) {
      sum += q[i * 20 + j];
      sumI += q[i * 20 + j] * (i + 0.5);
      sumJ += q[i * 20 + j] * (j + 0.5);
    }
  }
  const oi = Math.max(-10, Math.min(18, Math.trunc(15 - sumI / sum)));
  const oj = Math.max(-10, Math.min(18, Math.trunc(15 - sumJ / sum)));
  const image = new Uint8Array(784);
  for (let i = 0; i < 20; i++) {
    for (let j = 0; j < 20; j++) {
      const row = oi + i;
      const column = oj + j;
      if (row >= 0 && row < 28 && column >= 0 && column < 28) image[row * 28 + column] = q[i * 20 + j];
    }
  }
  return image;
}

function clip01(value: number): number {
  return Math.max(0, Math.min(1, value));
}
