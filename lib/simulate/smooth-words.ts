import { type Rows, smoothBytes } from "./smooth-words.reference.ts";

/** Every other byte of a word: two levels, each with a byte's room above it. */
const EVEN = 0x00ff00ff;
const HALF = 0x00800080;

/**
 * As `smoothBytes`, four bytes at a time: a word's even and odd bytes are each summed in two halves of 16 bits, which the largest sum,
 * 255 x 256 + 128, does not leave. Rows that are not whole words go the plain way.
 * @param side from 0 to 64, in 256ths. Assumes the lowest byte first in a word, as in every browser and on every machine Node runs on.
 */
export function smoothWords(source: Uint8Array, page: Rows, side: number): Uint8Array {
  const { width, height, channels } = page;
  const stride = width * channels;
  if (stride % 4 !== 0 || source.byteOffset % 4 !== 0 || width < 8) return smoothBytes(source, page, side);
  const words = stride / 4;
  const centre = 256 - 2 * side;
  const input = new Uint32Array(source.buffer, source.byteOffset, words * height);
  const out = new Uint8Array(source.length);
  const output = new Uint32Array(out.buffer);
  // One row after the pass down the columns, and a word of room at each end.
  const line = new Uint32Array(words + 2);
  const bytes = new Uint8Array(line.buffer);
  // A neighbour's word is put together of two: those `channels` bytes before and after.
  const near = 8 * channels;
  const far = 32 - near;
  for (let y = 0; y < height; y++) {
    const row = y * words;
    const above = y > 0 ? row - words : row;
    const below = y + 1 < height ? row + words : row;
    for (let i = 0; i < words; i++) {
      line[i + 1] = weigh(input[above + i], input[row + i], input[below + i], side, centre);
    }
    for (let i = 1; i <= words; i++) {
      const own = line[i];
      output[row + i - 1] = weigh((line[i - 1] >>> far) | (own << near), own, (own >>> near) | (line[i + 1] << far), side, centre);
    }
    const first = y * stride;
    for (let c = 0; c < channels; c++) {
      out[first + c] = bytes[4 + c];
      out[first + stride - 1 - c] = bytes[4 + stride - 1 - c];
    }
  }
  return out;
}

function weigh(before: number, own: number, after: number, side: number, centre: number): number {
  const even = Math.imul((before & EVEN) + (after & EVEN), side) + Math.imul(own & EVEN, centre) + HALF;
  const odd = Math.imul(((before >>> 8) & EVEN) + ((after >>> 8) & EVEN), side) + Math.imul((own >>> 8) & EVEN, centre) + HALF;
  return ((even >>> 8) & EVEN) | (odd & ~EVEN);
}
