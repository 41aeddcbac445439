import { GRAIN_TILE, TILE } from "./grain-tile.ts";
import type { InkMask } from "./ink-mask.ts";

/** A patch in cells of the tile: half a mm. */
const PATCH_CELLS = 5;
/** What a skipping pen still leaves. */
const LEFT = 0.12;
/** The tile's values in order: what lies below the n-th quantile is a share n of the area. */
const inOrder = GRAIN_TILE.slice().sort();

/**
 * The ink that a pen which skips leaves on the paper: nearly none in patches of it.
 * @param skips share of the strokes that lie in such patches
 */
export function skipPatches(mask: InkMask, skips: number, pxPerMm: number): InkMask {
  if (skips <= 0) return mask;
  const below = inOrder[Math.min(inOrder.length - 1, Math.floor(skips * inOrder.length))];
  const toTile = 300 / 25.4 / pxPerMm;
  const coverage = mask.coverage.map((value, i) => {
    if (value === 0) return 0;
    const [x, y] = [mask.x + (i % mask.width), mask.y + Math.floor(i / mask.width)];
    return patchAt(x * toTile, y * toTile) < below ? Math.round(LEFT * value) : value;
  });
  return { ...mask, coverage };
}

/** The tile enlarged, bilinear. */
function patchAt(x: number, y: number): number {
  const u = x / PATCH_CELLS;
  const v = y / PATCH_CELLS;
  const [iu, iv] = [Math.floor(u), Math.floor(v)];
  const [fu, fv] = [u - iu, v - iv];
  const at = (i: number, j: number): number => GRAIN_TILE[(j & (TILE - 1)) * TILE + (i & (TILE - 1))];
  return (at(iu, iv) * (1 - fu) + at(iu + 1, iv) * fu) * (1 - fv) + (at(iu, iv + 1) * (1 - fu) + at(iu + 1, iv + 1) * fu) * fv;
}
