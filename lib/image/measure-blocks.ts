import type { GrayImage } from "./images.ts";
import { takePictureRoom } from "./kernels/take-room.ts";

/** Blocks of 4 x 4 px (fewer at the right and lower edge), row by row: of each its darkest pixel, and its mean rounded down. */
export interface Blocks {
  readonly blocksX: number;
  readonly blocksY: number;
  readonly blockMin: Uint8Array;
  readonly blockMean: Uint8Array;
}

const BLOCK = 4;

/** Whole blocks through a kernel. The plain way is `measure-blocks.reference.ts`, held equal by a test. */
export function measureBlocks(image: GrayImage): Blocks {
  const { width, height, data } = image;
  const blocksX = Math.ceil(width / BLOCK);
  const blocksY = Math.ceil(height / BLOCK);
  const blockMin = new Uint8Array(blocksX * blocksY);
  const blockMean = new Uint8Array(blocksX * blocksY);
  const wholeX = width >> 2;
  const wholeY = height >> 2;
  const { kernels, bytes, at, read } = takePictureRoom([blockMin.length, blockMean.length], { read: [data] });
  const [mins, means] = at;
  for (let by = 0; by < wholeY; by++) {
    kernels.blockRow(mins + by * blocksX, means + by * blocksX, read[0] + by * BLOCK * width, wholeX, width);
  }
  blockMin.set(bytes.subarray(mins, mins + wholeY * blocksX));
  blockMean.set(bytes.subarray(means, means + wholeY * blocksX));
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
