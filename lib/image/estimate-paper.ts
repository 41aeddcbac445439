import type { GrayImage } from "./images.ts";

/** What the paper's grey is, block by block (4 x 4 px), with each block's darkest pixel beside it. */
export interface PaperMap {
  readonly blocksX: number;
  readonly blocksY: number;
  readonly blockMin: Uint8Array;
  /** The paper's level at the block's centre. */
  readonly level: Uint8Array;
}

const BLOCK = 4;
/** Blocks along a tile's side: 32 px, 2.7 mm at 300 dpi: wider than any stroke, narrower than a change of light. */
const TILE = 8;
/** Up to a quarter of the tile's blocks may be lighter than paper by noise, up to 3/4 of them may hold ink. */
const PAPER_QUANTILE = 0.75;

/** The paper's level: in each tile of 32 px a high quantile of 4 x 4 means, a median over the neighbouring tiles against solid print, bilinear between. */
export function estimatePaper(image: GrayImage): PaperMap {
  const { width, height, data } = image;
  const blocksX = Math.ceil(width / BLOCK);
  const blocksY = Math.ceil(height / BLOCK);
  const blockMin = new Uint8Array(blocksX * blocksY);
  const blockMean = new Uint8Array(blocksX * blocksY);
  for (let by = 0; by < blocksY; by++) {
    const yEnd = Math.min(height, BLOCK * by + BLOCK);
    for (let bx = 0; bx < blocksX; bx++) {
      const xEnd = Math.min(width, BLOCK * bx + BLOCK);
      let min = 255;
      let sum = 0;
      for (let y = BLOCK * by; y < yEnd; y++) {
        for (let at = y * width + BLOCK * bx, end = y * width + xEnd; at < end; at++) {
          const value = data[at];
          sum += value;
          if (value < min) min = value;
        }
      }
      blockMin[by * blocksX + bx] = min;
      blockMean[by * blocksX + bx] = sum / ((yEnd - BLOCK * by) * (xEnd - BLOCK * bx));
    }
  }
  const tilesX = Math.ceil(blocksX / TILE);
  const tilesY = Math.ceil(blocksY / TILE);
  const tiles = tileLevels(blockMean, blocksX, blocksY, tilesX, tilesY);
  return { blocksX, blocksY, blockMin, level: interpolate(medianOfNine(tiles, tilesX, tilesY), tilesX, tilesY, blocksX, blocksY) };
}

/** The same paper under an image in which only single pixels have changed: each block's darkest pixel is looked for again. */
export function updateDarkest(paper: PaperMap, { width, height, data }: GrayImage): PaperMap {
  const { blocksX, blocksY } = paper;
  const blockMin = new Uint8Array(blocksX * blocksY).fill(255);
  for (let y = 0; y < height; y++) {
    const row = (y >> 2) * blocksX;
    for (let bx = 0, at = y * width; bx < blocksX; bx++) {
      let min = blockMin[row + bx];
      for (const end = Math.min(at + BLOCK, (y + 1) * width); at < end; at++) if (data[at] < min) min = data[at];
      blockMin[row + bx] = min;
    }
  }
  return { ...paper, blockMin };
}

function tileLevels(blockMean: Uint8Array, blocksX: number, blocksY: number, tilesX: number, tilesY: number): Uint8Array {
  const out = new Uint8Array(tilesX * tilesY);
  const values = new Uint8Array(TILE * TILE);
  for (let ty = 0; ty < tilesY; ty++) {
    for (let tx = 0; tx < tilesX; tx++) {
      let n = 0;
      for (let by = ty * TILE; by < Math.min(blocksY, (ty + 1) * TILE); by++) {
        for (let bx = tx * TILE; bx < Math.min(blocksX, (tx + 1) * TILE); bx++) values[n++] = blockMean[by * blocksX + bx];
      }
      out[ty * tilesX + tx] = values.subarray(0, n).sort()[Math.min(n - 1, Math.floor(PAPER_QUANTILE * n))];
    }
  }
  return out;
}

function medianOfNine(tiles: Uint8Array, tilesX: number, tilesY: number): Uint8Array {
  const out = new Uint8Array(tiles.length);
  const values = new Uint8Array(9);
  for (let y = 0; y < tilesY; y++) {
    for (let x = 0; x < tilesX; x++) {
      // Border tiles count for their missing neighbours too: else a slope of light would be read one tile further in.
      let n = 0;
      for (let dy = -1; dy <= 1; dy++) {
        const v = Math.min(tilesY - 1, Math.max(0, y + dy));
        for (let dx = -1; dx <= 1; dx++) values[n++] = tiles[v * tilesX + Math.min(tilesX - 1, Math.max(0, x + dx))];
      }
      out[y * tilesX + x] = values.sort()[4];
    }
  }
  return out;
}

function interpolate(tiles: Uint8Array, tilesX: number, tilesY: number, blocksX: number, blocksY: number): Uint8Array {
  const out = new Uint8Array(blocksX * blocksY);
  for (let by = 0; by < blocksY; by++) {
    const v = Math.min(tilesY - 1, Math.max(0, (by + 0.5) / TILE - 0.5));
    const y0 = Math.min(tilesY - 1, Math.floor(v));
    const y1 = Math.min(tilesY - 1, y0 + 1);
    const fy = v - y0;
    for (let bx = 0; bx < blocksX; bx++) {
      const u = Math.min(tilesX - 1, Math.max(0, (bx + 0.5) / TILE - 0.5));
      const x0 = Math.min(tilesX - 1, Math.floor(u));
      const x1 = Math.min(tilesX - 1, x0 + 1);
      const fx = u - x0;
      const top = tiles[y0 * tilesX + x0] * (1 - fx) + tiles[y0 * tilesX + x1] * fx;
      const bottom = tiles[y1 * tilesX + x0] * (1 - fx) + tiles[y1 * tilesX + x1] * fx;
      out[by * blocksX + bx] = top * (1 - fy) + bottom * fy + 0.5;
    }
  }
  return out;
}
