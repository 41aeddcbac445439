/** Blocks of 4 x 4 px along a tile's side, as `estimatePaper` has them. */
const TILE = 8;
/** A neighbouring tile's paper darker by more than this share is a shadow's edge: light alone changes far less over 3 mm. */
const STEP = 0.12;
/** Blocks on either side: what is darker and narrower than 7 of them (28 px, 2.4 mm) is ink. */
const REACH = 3;

export interface StepsMaps {
  readonly blocksX: number;
  readonly blocksY: number;
  readonly blockMean: Uint8Array;
  /** The paper's level by block, too coarse at a step. Changed in place. */
  readonly level: Uint8Array;
  /** The paper's level by tile. */
  readonly tiles: Uint8Array;
  readonly tilesX: number;
  readonly tilesY: number;
}

/**
 * Where the paper's level has a step, an edge of a shadow, its levels follow the step block by block: a closing (the darkest of the lightest
 * near by; Serra 1982) leaves what is wider than a stroke as dark as it is, and of a block that lies on the edge the darker side counts, so
 * that no paper is ink. Elsewhere nothing changes.
 */
export function followSteps(maps: StepsMaps): void {
  const { tiles, tilesX, tilesY } = maps;
  for (let ty = 0; ty < tilesY; ty++) {
    for (let tx = 0; tx < tilesX; tx++) if (hasStep(tiles, [tilesX, tilesY], tx, ty)) followInTile(maps, tx, ty);
  }
}

/** Whether the tiles around one differ by more than light does. */
function hasStep(tiles: Uint8Array, [tilesX, tilesY]: readonly [number, number], tx: number, ty: number): boolean {
  let [least, most] = [255, 0];
  for (let y = Math.max(0, ty - 1); y <= Math.min(tilesY - 1, ty + 1); y++) {
    for (let x = Math.max(0, tx - 1); x <= Math.min(tilesX - 1, tx + 1); x++) {
      least = Math.min(least, tiles[y * tilesX + x]);
      most = Math.max(most, tiles[y * tilesX + x]);
    }
  }
  return least < (1 - STEP) * most;
}

function followInTile({ blocksX, blocksY, blockMean, level }: StepsMaps, tx: number, ty: number): void {
  // The tile with all that a closing, and the blocks beside an edge, look at; blocks beyond the image are as its border's.
  const margin = 2 * REACH + 1;
  const side = TILE + 2 * margin;
  const window = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    const row = Math.min(blocksY - 1, Math.max(0, ty * TILE + y - margin)) * blocksX;
    for (let x = 0; x < side; x++) window[y * side + x] = blockMean[row + Math.min(blocksX - 1, Math.max(0, tx * TILE + x - margin))];
  }
  const lightest = slide(window, side, REACH, Math.max);
  const paper = slide(lightest, side, REACH + 1, Math.min);
  for (let y = 0; y < TILE && ty * TILE + y < blocksY; y++) {
    for (let x = 0; x < TILE && tx * TILE + x < blocksX; x++)
      level[(ty * TILE + y) * blocksX + tx * TILE + x] = paper[(y + margin) * side + x + margin];
  }
}

/** The most (or least) of each square of 2 `reach` + 1, along rows and then columns; the border's squares are smaller. */
function slide(values: Uint8Array, side: number, reach: number, pick: (a: number, b: number) => number): Uint8Array {
  const along = new Uint8Array(values.length);
  const out = new Uint8Array(values.length);
  for (const [from, to, step, across] of [
    [values, along, 1, side],
    [along, out, side, 1],
  ] as const) {
    for (let line = 0; line < side; line++) {
      for (let i = 0; i < side; i++) {
        let best = from[line * across + i * step];
        for (let k = Math.max(0, i - reach); k <= Math.min(side - 1, i + reach); k++) best = pick(best, from[line * across + k * step]);
        to[line * across + i * step] = best;
      }
    }
  }
  return out;
}
