import { followSteps } from "./follow-steps.ts";
import type { GrayImage } from "./images.ts";
import { measureBlocks } from "./measure-blocks.ts";

/** What the paper's grey is, block by block (4 x 4 px), with each block's darkest pixel beside it. */
export interface PaperMap {
  readonly blocksX: number;
  readonly blocksY: number;
  readonly blockMin: Uint8Array;
  /** The paper's level at the block's centre. */
  readonly level: Uint8Array;
}

/** Blocks along a tile's side: 32 px, 2.7 mm at 300 dpi: wider than any stroke, narrower than a change of light. */
const TILE = 8;
/** Up to a quarter of the tile's blocks may be lighter than paper by noise, up to 3/4 of them may hold ink. */
const PAPER_QUANTILE = 0.75;

/**
 * The paper's level: in each tile of 32 px a high quantile of 4 x 4 means, a median over the neighbouring tiles against solid print, bilinear between; at a shadow's edge block by block.
 * @param options.steps whether it is: not in a reduced copy, in which a block is as wide as what lies between a page's edge and its print
 */
export function estimatePaper(image: GrayImage, { steps = true }: { readonly steps?: boolean } = {}): PaperMap {
  const { blocksX, blocksY, blockMin, blockMean } = measureBlocks(image);
  const tilesX = Math.ceil(blocksX / TILE);
  const tilesY = Math.ceil(blocksY / TILE);
  const tiles = tileLevels(blockMean, blocksX, blocksY, tilesX, tilesY);
  const smooth = medianOfNine(tiles, tilesX, tilesY);
  const level = interpolate(smooth, tilesX, tilesY, blocksX, blocksY);
  if (steps) followSteps({ blocksX, blocksY, blockMean, level, tiles: smooth, tilesX, tilesY });
  return { blocksX, blocksY, blockMin, level };
}

/** The same paper under an image in which only single pixels have changed: each block's darkest pixel is looked for again. */
export function updateDarkest(paper: PaperMap, image: GrayImage): PaperMap {
  return { ...paper, blockMin: measureBlocks(image).blockMin };
}

function tileLevels(blockMean: Uint8Array, blocksX: number, blocksY: number, tilesX: number, tilesY: number): Uint8Array {
  const out = new Uint8Array(tilesX * tilesY);
  const counts = new Uint8Array(256);
  for (let ty = 0; ty < tilesY; ty++) {
    const yEnd = Math.min(blocksY, (ty + 1) * TILE);
    for (let tx = 0; tx < tilesX; tx++) {
      const xEnd = Math.min(blocksX, (tx + 1) * TILE);
      counts.fill(0);
      for (let by = ty * TILE; by < yEnd; by++) {
        for (let at = by * blocksX + tx * TILE, end = by * blocksX + xEnd; at < end; at++) counts[blockMean[at]]++;
      }
      // The quantile is the value with `rank` values below it in order: counted from above, where paper lies.
      const n = (yEnd - ty * TILE) * (xEnd - tx * TILE);
      const rank = Math.min(n - 1, Math.floor(PAPER_QUANTILE * n));
      let level = 255;
      for (let above = counts[level]; above < n - rank; above += counts[level]) level--;
      out[ty * tilesX + tx] = level;
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
      out[y * tilesX + x] = sorted(values)[4];
    }
  }
  return out;
}

/** In place, by insertion: of nine values the quickest. */
function sorted(values: Uint8Array): Uint8Array {
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    let k = i;
    for (; k > 0 && values[k - 1] > value; k--) values[k] = values[k - 1];
    values[k] = value;
  }
  return values;
}

/** Bilinear between the tiles' middles, in whole 16ths: blocks lie at odd ones. */
function interpolate(tiles: Uint8Array, tilesX: number, tilesY: number, blocksX: number, blocksY: number): Uint8Array {
  const out = new Uint8Array(blocksX * blocksY);
  const column = new Int32Array(tilesX);
  // The same for every row.
  const [lefts, rights, shares] = [new Int32Array(blocksX), new Int32Array(blocksX), new Int32Array(blocksX)];
  for (let bx = 0; bx < blocksX; bx++) {
    const u = placeOf(bx, tilesX);
    lefts[bx] = u >> 4;
    rights[bx] = Math.min(tilesX - 1, (u >> 4) + 1);
    shares[bx] = u & 15;
  }
  for (let by = 0; by < blocksY; by++) {
    const v = placeOf(by, tilesY);
    const y0 = v >> 4;
    const y1 = Math.min(tilesY - 1, y0 + 1);
    const fy = v & 15;
    for (let tx = 0; tx < tilesX; tx++) column[tx] = tiles[y0 * tilesX + tx] * (16 - fy) + tiles[y1 * tilesX + tx] * fy;
    for (let bx = 0, at = by * blocksX; bx < blocksX; bx++, at++) {
      const left = column[lefts[bx]];
      out[at] = (16 * left + (column[rights[bx]] - left) * shares[bx] + 128) >> 8;
    }
  }
  return out;
}

/** A block's middle among the middles of `tiles` tiles, in 16ths of a tile. */
function placeOf(block: number, tiles: number): number {
  return Math.min(16 * (tiles - 1), Math.max(0, (16 / TILE) * block + 8 / TILE - 8));
}
