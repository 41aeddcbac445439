/** Bytes of an image, interleaved. */
export interface Rows {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/**
 * The kernel (side, 256 - 2 side, side) / 256 down the columns and then along the rows, each rounded; edges repeated down the columns, the
 * first and last px of a row as they are. What `smoothWords` has to agree with, and what stands in for it where rows are not whole words.
 */
export function smoothBytes(source: Uint8Array, page: Rows, side: number): Uint8Array {
  return smoothRows(smoothColumns(source, page, side), page, side);
}

function smoothColumns(source: Uint8Array, { width, height, channels }: Rows, side: number): Uint8Array {
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

function smoothRows(source: Uint8Array, { width, height, channels }: Rows, side: number): Uint8Array {
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
