import type { GrayImage } from "./images.ts";

/** Blocks of 4 x 4 px (fewer at the right and lower edge), row by row: of each its darkest pixel, and its mean rounded down. */
export interface Blocks {
  readonly blocksX: number;
  readonly blocksY: number;
  readonly blockMin: Uint8Array;
  readonly blockMean: Uint8Array;
}

const BLOCK = 4;

/**
 * Two pixels at a time in the halves of one number, and their minimum without a branch: on a page of noise a comparison is guessed
 * wrong at every second pixel, which makes the plain way (`measure-blocks.reference.ts`, held equal by a test) take three times as long.
 */
export function measureBlocks(image: GrayImage): Blocks {
  const { width, height, data } = image;
  const blocksX = Math.ceil(width / BLOCK);
  const blocksY = Math.ceil(height / BLOCK);
  const blockMin = new Uint8Array(blocksX * blocksY);
  const blockMean = new Uint8Array(blocksX * blocksY);
  const wholeX = width >> 2;
  for (let by = 0; by < blocksY; by++) {
    let block = by * blocksX;
    if (BLOCK * by + BLOCK <= height) {
      const last = block + wholeX;
      for (let at = BLOCK * by * width; block < last; block++, at += BLOCK) {
        const at1 = at + width;
        const at2 = at1 + width;
        const at3 = at2 + width;
        const a = data[at] | (data[at + 1] << 16);
        const b = data[at + 2] | (data[at + 3] << 16);
        const c = data[at1] | (data[at1 + 1] << 16);
        const d = data[at1 + 2] | (data[at1 + 3] << 16);
        const e = data[at2] | (data[at2 + 1] << 16);
        const f = data[at2 + 2] | (data[at2 + 3] << 16);
        const g = data[at3] | (data[at3 + 1] << 16);
        const h = data[at3 + 2] | (data[at3 + 3] << 16);
        const sums = a + b + c + d + e + f + g + h;
        blockMean[block] = ((sums & 0xffff) + (sums >>> 16)) >> 4;
        const mins = lesser(lesser(lesser(a, b), lesser(c, d)), lesser(lesser(e, f), lesser(g, h)));
        blockMin[block] = Math.min(mins & 0xff, mins >>> 16);
      }
    }
    for (const end = (by + 1) * blocksX; block < end; block++) {
      const { min, mean } = measureBlock(image, BLOCK * (block - by * blocksX), BLOCK * by);
      blockMin[block] = min;
      blockMean[block] = mean;
    }
  }
  return { blocksX, blocksY, blockMin, blockMean };
}

/** The lesser of two numbers of 8 bits in each half of 32: a half that is not less borrows nothing from its bit 8. */
function lesser(x: number, y: number): number {
  const notLess = ((x | 0x01000100) - y) & 0x01000100;
  const mask = notLess - (notLess >>> 8);
  return (y & mask) | (x & ~mask);
}

/** A block that the image's edge cuts. */
function measureBlock({ width, height, data }: GrayImage, x0: number, y0: number): { min: number; mean: number } {
  const x1 = Math.min(width, x0 + BLOCK);
  const y1 = Math.min(height, y0 + BLOCK);
  let min = 255;
  let sum = 0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const value = data[y * width + x];
      sum += value;
      if (value < min) min = value;
    }
  }
  return { min, mean: Math.floor(sum / ((x1 - x0) * (y1 - y0))) };
}
