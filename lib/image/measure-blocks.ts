import type { GrayImage } from "./images.ts";
import { takeRoom } from "./kernels/take-room.ts";

/** Blocks of 4 x 4 px (fewer at the right and lower edge), row by row: of each its darkest pixel, and its mean rounded down. */
export interface Blocks {
  readonly blocksX: number;
  readonly blocksY: number;
  readonly blockMin: Uint8Array;
  readonly blockMean: Uint8Array;
}

const BLOCK = 4;

/** Of a strip that is worked on at once, within the second cache. */
const STRIP_BYTES = 2 ** 17;

/** Whole blocks through a kernel, strip by strip. The plain way is `measure-blocks.reference.ts`, held equal by a test. */
export function measureBlocks(image: GrayImage): Blocks {
  const { width, height, data } = image;
  const blocksX = Math.ceil(width / BLOCK);
  const blocksY = Math.ceil(height / BLOCK);
  const blockMin = new Uint8Array(blocksX * blocksY);
  const blockMean = new Uint8Array(blocksX * blocksY);
  const wholeX = width >> 2;
  const wholeY = height >> 2;
  const strip = Math.max(1, Math.floor(STRIP_BYTES / (BLOCK * width)));
  const { kernels, bytes, at } = takeRoom([BLOCK * width * strip, blocksX * strip, blocksX * strip]);
  const [pixels, mins, means] = at;
  for (let by = 0; by < wholeY; by += strip) {
    const rows = Math.min(strip, wholeY - by);
    bytes.set(data.subarray(BLOCK * by * width, BLOCK * (by + rows) * width), pixels);
    for (let row = 0; row < rows; row++)
      kernels.blockRow(mins + row * blocksX, means + row * blocksX, pixels + row * BLOCK * width, wholeX, width);
    blockMin.set(bytes.subarray(mins, mins + rows * blocksX), by * blocksX);
    blockMean.set(bytes.subarray(means, means + rows * blocksX), by * blocksX);
  }
  for (let by = 0; by < blocksY; by++) {
    for (let bx = by < wholeY ? wholeX : 0; bx < blocksX; bx++) {
      const { min, mean } = measureBlock(image, BLOCK * bx, BLOCK * by);
      blockMin[by * blocksX + bx] = min;
      blockMean[by * blocksX + bx] = mean;
    }
  }
  return { blocksX, blocksY, blockMin, blockMean };
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
