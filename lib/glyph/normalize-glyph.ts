import { assertArgument } from "../core/assert.ts";
import type { BinaryImage } from "../image/images.ts";

export { NORMALIZATION_VERSION } from "./normalization-version.ts";

const EPSILON = 1e-11;

/**
 * A binary glyph at about 300 dpi becomes a 28 x 28 image exactly as MNIST's were made (Yadav and Bottou, "Cold Case: The Lost
 * MNIST Digits", NeurIPS 2019): box, square, area resampling to 20 x 20, centre of mass near (15, 15) by truncation. Where the
 * ink lies in `glyph` does not matter.
 * @param glyph h x w, ink = 1, at least one px of ink
 * @returns 784 bytes, row-major, 255 = ink
 * @throws InkformError `invalid-argument` where there is no ink
 */
export function normalizeGlyph(glyph: BinaryImage): Uint8Array {
  const { width, data } = glyph;
  const { top, left, h, w } = inkBox(glyph);
  const side = Math.max(h, w, 10);
  const factor = side < 20 ? 2 : 1;
  const { first, split, near, far, s } = axisTable(side * factor);
  const rowShift = Math.trunc((side - h) / 2);
  const columnShift = Math.trunc((side - w) / 2);

  // The order of the additions is the reference's: row by row over the (doubled) square.
  const out = new Float64Array(400);
  const ss = s * s;
  for (let i = rowShift * factor; i < (rowShift + h) * factor; i++) {
    const source = (top + ((i / factor) | 0) - rowShift) * width + left - columnShift;
    const row = first[i] * 20;
    const dx = near[i];
    const dxw = far[i];
    const rowSplit = split[i] === 1;
    for (let j = columnShift * factor; j < (columnShift + w) * factor; j++) {
      if (data[source + ((j / factor) | 0)] === 0) continue;
      const cell = row + first[j];
      if (split[j] === 1) {
        const dy = near[j];
        const dyw = far[j];
        if (rowSplit) {
          out[cell] += dx * dy;
          out[cell + 20] += dxw * dy;
          out[cell + 1] += dx * dyw;
          out[cell + 21] += dxw * dyw;
        } else {
          out[cell] += dy * s;
          out[cell + 1] += dyw * s;
        }
      } else if (rowSplit) {
        out[cell] += dx * s;
        out[cell + 20] += dxw * s;
      } else {
        out[cell] += ss;
      }
    }
  }
  return placeByMass(quantise(out));
}

function inkBox(glyph: BinaryImage): { top: number; left: number; h: number; w: number } {
  const { width, height, data } = glyph;
  let top = -1;
  let bottom = -1;
  let left = width;
  let right = -1;
  for (let i = 0; i < height; i++) {
    let j = i * width;
    const end = j + width;
    while (j < end && data[j] === 0) j++;
    if (j === end) continue;
    if (top < 0) top = i;
    bottom = i;
    left = Math.min(left, j - i * width);
    let k = end - 1;
    while (data[k] === 0) k--;
    right = Math.max(right, k - i * width);
  }
  assertArgument(bottom >= 0, "a glyph to normalize must have ink, got an image with none; leave blank boxes out before");
  return { top, left, h: bottom - top + 1, w: right - left + 1 };
}

interface AxisTable {
  /** Target cell of the px's start. */
  readonly first: Uint8Array;
  /** 1 where the px reaches into the next cell. */
  readonly split: Uint8Array;
  readonly near: Float64Array;
  readonly far: Float64Array;
  readonly s: number;
}

const axisTables = new Map<number, AxisTable>();

/** What one px of a side of m px covers of the 20 cells; the same for rows and columns. Kept for the usual sizes. */
function axisTable(m: number): AxisTable {
  const known = axisTables.get(m);
  if (known !== undefined) return known;
  const s = 20 / m;
  const first = new Uint8Array(m);
  const split = new Uint8Array(m);
  const near = new Float64Array(m);
  const far = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    const x = 10 + s * (i - m / 2);
    const xi = Math.floor(x + EPSILON);
    const xw = Math.ceil(x + 0.99 * s - EPSILON) - 1;
    first[i] = xi;
    split[i] = xi === xw ? 0 : 1;
    near[i] = Math.max(0, Math.min(1, xi + 1 - x));
    far[i] = Math.max(0, Math.min(1, x + 0.99 * s - xw));
  }
  const table = { first, split, near, far, s };
  if (m <= 256) axisTables.set(m, table);
  return table;
}

function quantise(out: Float64Array): Uint8Array {
  let ink = 0;
  for (let k = 0; k < 400; k++) if (out[k] > ink) ink = out[k];
  if (ink > 1) ink = 1;
  const q = new Uint8Array(400);
  for (let k = 0; k < 400; k++) q[k] = Math.min(255, Math.floor((out[k] * 255) / ink + 0.5));
  return q;
}

/** Pastes the 20 x 20 image so that its centre of mass comes between 14 and 15 px from the top and the left. */
function placeByMass(q: Uint8Array): Uint8Array {
  let sum = 0;
  let sumI = 0;
  let sumJ = 0;
  for (let k = 0; k < 400; k++) {
    const value = q[k];
    if (value === 0) continue;
    const i = (k / 20) | 0;
    sum += value;
    sumI += value * (i + 0.5);
    sumJ += value * (k - i * 20 + 0.5);
  }
  const oi = Math.max(-10, Math.min(18, Math.trunc(15 - sumI / sum)));
  const oj = Math.max(-10, Math.min(18, Math.trunc(15 - sumJ / sum)));
  const image = new Uint8Array(784);
  const from = Math.max(0, -oj);
  const to = Math.min(20, 28 - oj);
  for (let i = Math.max(0, -oi); i < Math.min(20, 28 - oi); i++) {
    image.set(q.subarray(i * 20 + from, i * 20 + to), (oi + i) * 28 + oj + from);
  }
  return image;
}
