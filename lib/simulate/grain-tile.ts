import { Rng } from "../core/rng.ts";

/** Cells of the tile's side; one is a px at 300 dpi. */
export const TILE = 128;

/** The paper's tooth: noise in [0, 1], smoothed once over 3 x 3 so that grains span about two cells; it repeats without a seam. */
export const GRAIN_TILE = buildGrainTile();

function buildGrainTile(): Float32Array {
  const rng = new Rng(0x6721);
  const raw = Float32Array.from({ length: TILE * TILE }, () => rng.float());
  return raw.map((_, k) => {
    const x = k & (TILE - 1);
    const y = k >> 7;
    let sum = 0;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) sum += raw[(((y + dy) & (TILE - 1)) << 7) + ((x + dx) & (TILE - 1))];
    }
    // Nine uniforms have a standard deviation of 0.096 around a half: spread them over the range again.
    return Math.min(1, Math.max(0, 0.5 + (sum / 9 - 0.5) * 2.5));
  });
}
