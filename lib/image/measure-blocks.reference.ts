import type { GrayImage } from "./images.ts";
import type { Blocks } from "./measure-blocks.ts";

/** `measureBlocks` pixel by pixel, as its definition says: slow, for tests. */
export function measureBlocksReference({ width, height, data }: GrayImage): Blocks {
  const blocksX = Math.ceil(width / 4);
  const blocksY = Math.ceil(height / 4);
  const blockMin = new Uint8Array(blocksX * blocksY).fill(255);
  const sums = new Float64Array(blocksX * blocksY);
  const counts = new Float64Array(blocksX * blocksY);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const block = Math.floor(y / 4) * blocksX + Math.floor(x / 4);
      blockMin[block] = Math.min(blockMin[block], data[y * width + x]);
      sums[block] += data[y * width + x];
      counts[block]++;
    }
  }
  return { blocksX, blocksY, blockMin, blockMean: Uint8Array.from(sums, (sum, block) => Math.floor(sum / counts[block])) };
}
