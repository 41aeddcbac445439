/** An image of 1 or 3 interleaved channels. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/**
 * Blurs by about a Gaussian: as many passes of the binomial kernel (1 2 1) / 4 along x and y as its variance of 1/2 a pass calls for,
 * the last one weakened for the rest.
 * @param sigma standard deviation in px of the raster; 0 returns the raster itself.
 */
export function softenPage(page: Raster, sigma: number): Raster {
  let variance = sigma * sigma;
  if (variance < 0.01) return page;
  let data = page.data;
  while (variance > 0.01) {
    // A kernel (w, 1 - 2w, w) has variance 2w; in 256ths.
    const side = Math.round(256 * Math.min(0.25, variance / 2));
    data = smoothRows(smoothColumns(data, page, side), page, side);
    variance -= 0.5;
  }
  return { ...page, data };
}

function smoothColumns(source: Uint8Array, { width, height, channels }: Raster, side: number): Uint8Array {
  const stride = width * channels;
  const centre = 256 - 2 * side;
  const out = new Uint8Array(source.length);
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    const above = y > 0 ? row - stride : row;
    const below = y + 1 < height ? row + stride : row;
    for (let i = 0; i < stride; i++) {
      out[row + i] = ((source[above + i] + source[below + i]) * side + source[row + i] * centre + 128) >> 8;
    }
  }
  return out;
}

function smoothRows(source: Uint8Array, { width, height, channels }: Raster, side: number): Uint8Array {
  const stride = width * channels;
  const centre = 256 - 2 * side;
  const out = new Uint8Array(source.length);
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    for (let i = 0; i < channels; i++) {
      out[row + i] = source[row + i];
      out[row + stride - 1 - i] = source[row + stride - 1 - i];
    }
    const end = row + stride - channels;
    for (let k = row + channels; k < end; k++) {
      out[k] = ((source[k - channels] + source[k + channels]) * side + source[k] * centre + 128) >> 8;
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
