import { smoothWords } from "./smooth-words.ts";

/** An image of 1 or 3 interleaved channels. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/**
 * Blurs by about a Gaussian. A wide one begins with box means (Wells 1986); the rest is passes of the kernel (1 2 1) / 4, of variance
 * 1/2 each, the last one weakened to what is left.
 * @param sigma standard deviation in px of the raster; 0 returns the raster itself.
 */
export function softenPage(page: Raster, sigma: number): Raster {
  let variance = sigma * sigma;
  if (variance < 0.01) return page;
  let data = page.data;
  if (variance >= 2) {
    const row = { step: page.channels, count: page.width };
    const column = { step: page.width * page.channels, count: page.height };
    // A mean over 2r + 1 px has variance r (r + 1) / 3: three equal ones as wide as fit, and one for most of the rest.
    for (const passes of [3, 1]) {
      const reach = Math.floor((Math.sqrt((12 * variance) / passes + 1) - 1) / 2);
      for (let pass = 0; pass < passes && reach > 0; pass++) data = averageRows(averageColumns(data, column, reach), page, row, reach);
      variance -= (passes * reach * (reach + 1)) / 3;
    }
  }
  while (variance > 0.01) {
    // A kernel (w, 1 - 2w, w) has variance 2w; in 256ths.
    const side = Math.round(256 * Math.min(0.25, variance / 2));
    data = smoothWords(data, page, side);
    variance -= 0.5;
  }
  return { ...page, data };
}

/** Mean over `2 * reach + 1` rows, edges repeated; running sums, a whole row at a time. */
function averageColumns(source: Uint8Array, { step, count }: { step: number; count: number }, reach: number): Uint8Array {
  const out = new Uint8Array(source.length);
  const weight = 1 / (2 * reach + 1);
  const sums = new Float32Array(step).fill(0.5 / weight);
  const rowAt = (y: number): number => Math.min(count - 1, Math.max(0, y)) * step;
  for (let y = -reach; y <= reach; y++) {
    const row = rowAt(y);
    for (let i = 0; i < step; i++) sums[i] += source[row + i];
  }
  for (let y = 0; y < count; y++) {
    const leaving = rowAt(y - reach);
    const entering = rowAt(y + reach + 1);
    for (let i = 0; i < step; i++) {
      out[y * step + i] = sums[i] * weight;
      sums[i] += source[entering + i] - source[leaving + i];
    }
  }
  return out;
}

/** The same along x, a row and a channel at a time. */
function averageRows(source: Uint8Array, page: Raster, { step, count }: { step: number; count: number }, reach: number): Uint8Array {
  const out = new Uint8Array(source.length);
  const weight = 1 / (2 * reach + 1);
  for (let y = 0; y < page.height; y++) {
    for (let c = 0; c < step; c++) {
      const start = y * count * step + c;
      let sum = 0.5 / weight;
      for (let x = -reach; x <= reach; x++) sum += source[start + Math.min(count - 1, Math.max(0, x)) * step];
      for (let x = 0; x < count; x++) {
        out[start + x * step] = sum * weight;
        sum += source[start + Math.min(count - 1, x + reach + 1) * step] - source[start + Math.max(0, x - reach) * step];
      }
    }
  }
  return out;
}

/** Averages the raster along a streak of (`dx`, `dy`) px, as a camera that moves during the exposure. */
export function streakPage(page: Raster, dx: number, dy: number): Raster {
  const { width, height, channels, data } = page;
  const taps = Math.round(Math.hypot(dx, dy)) + 1;
  if (taps < 2) return page;
  const stride = width * channels;
  const offsets: { x: number; y: number }[] = [];
  for (let t = 0; t < taps; t++) {
    const s = t / (taps - 1) - 0.5;
    offsets.push({ x: Math.round(s * dx), y: Math.round(s * dy) });
  }
  const out = new Uint8Array(data.length);
  const sums = new Uint16Array(stride);
  const weight = Math.round(65536 / taps);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (const offset of offsets) {
      const row = Math.min(height - 1, Math.max(0, y + offset.y)) * stride;
      const shift = offset.x * channels;
      const from = Math.max(0, -shift);
      const to = Math.min(stride, stride - shift);
      for (let i = from; i < to; i++) sums[i] += data[row + i + shift];
      for (let i = 0; i < from; i++) sums[i] += data[row + (i % channels)];
      for (let i = to; i < stride; i++) sums[i] += data[row + stride - channels + (i % channels)];
    }
    const row = y * stride;
    for (let i = 0; i < stride; i++) out[row + i] = Math.min(255, (sums[i] * weight + 32768) >>> 16);
  }
  return { ...page, data: out };
}
