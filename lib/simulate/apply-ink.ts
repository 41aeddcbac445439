import { Rng } from "../core/rng.ts";
import type { InkMask } from "./ink-mask.ts";
import type { InkKind, SimulatedWriter } from "./simulated-writer.ts";

/** Colour at full darkness, and how grainy the ink lies on the paper's tooth. */
const INKS: Readonly<Record<InkKind, { rgb: readonly [number, number, number]; grain: number; opacity: number }>> = {
  black: { rgb: [28, 28, 32], grain: 0.08, opacity: 0.97 },
  blue: { rgb: [34, 52, 138], grain: 0.1, opacity: 0.95 },
  pencil: { rgb: [82, 82, 86], grain: 0.32, opacity: 0.9 },
  red: { rgb: [200, 30, 40], grain: 0.1, opacity: 0.95 },
  green: { rgb: [24, 120, 62], grain: 0.1, opacity: 0.95 },
  felt: { rgb: [18, 18, 20], grain: 0.04, opacity: 0.99 },
};

const TILE = 128;
const grainTile = buildGrainTile();
/** The tile's values in order: what lies below the n-th quantile is a share n of the area. */
const grainOrder = grainTile.slice().sort();
/** A patch that the pen skips, in cells of the tile. */
const SKIP_CELLS = 5;

/**
 * Lays ink over the pixels of a page, in place: it multiplies what is there, so that printed lines stay dark below it.
 * @param page `width * height * channels` bytes; 3 channels keep the ink's colour, 1 takes its luminance.
 */
export function applyInk(
  page: { width: number; height: number; data: Uint8Array; channels: 1 | 3 },
  mask: InkMask,
  options: { writer: SimulatedWriter; pxPerMm: number },
): void {
  const { rgb, grain, opacity } = INKS[options.writer.ink];
  const { width, height, data, channels } = page;
  const colour = channels === 3 ? rgb : [0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]];
  const loss = colour.map((c) => 1 - c / 255);
  // The tooth has the same size on paper whatever the resolution: one tile cell is a pixel at 300 dpi.
  const toTile = 300 / 25.4 / options.pxPerMm;
  const strength = (opacity * options.writer.darkness) / 255;
  const skips = options.writer.skips ?? 0;
  const skipBelow = skips > 0 ? grainOrder[Math.min(grainOrder.length - 1, Math.floor(skips * grainOrder.length))] : -1;
  const top = Math.max(0, -mask.y);
  const bottom = Math.min(mask.height, height - mask.y);
  const left = Math.max(0, -mask.x);
  const right = Math.min(mask.width, width - mask.x);
  for (let y = top; y < bottom; y++) {
    const tileRow = (((mask.y + y) * toTile) & (TILE - 1)) * TILE;
    for (let x = left; x < right; x++) {
      const coverage = mask.coverage[y * mask.width + x];
      if (coverage === 0) continue;
      const tooth = grainTile[tileRow + (((mask.x + x) * toTile) & (TILE - 1))];
      let alpha = coverage * strength * (1 - grain * tooth);
      if (skips > 0 && patchAt((mask.x + x) * toTile, (mask.y + y) * toTile) < skipBelow) alpha *= 0.12;
      const k = ((mask.y + y) * width + mask.x + x) * channels;
      for (let c = 0; c < channels; c++) data[k + c] = Math.round(data[k + c] * (1 - alpha * loss[c]));
    }
  }
}

/** The tile enlarged, bilinear. */
function patchAt(x: number, y: number): number {
  const u = x / SKIP_CELLS;
  const v = y / SKIP_CELLS;
  const [iu, iv] = [Math.floor(u), Math.floor(v)];
  const [fu, fv] = [u - iu, v - iv];
  const at = (i: number, j: number): number => grainTile[(j & (TILE - 1)) * TILE + (i & (TILE - 1))];
  return (at(iu, iv) * (1 - fu) + at(iu + 1, iv) * fu) * (1 - fv) + (at(iu, iv + 1) * (1 - fu) + at(iu + 1, iv + 1) * fu) * fv;
}

/** Noise in [0, 1], smoothed once over 3 x 3 so that grains span about two cells. */
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
