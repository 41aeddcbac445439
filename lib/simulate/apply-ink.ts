import { GRAIN_TILE, TILE } from "./grain-tile.ts";
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
  const top = Math.max(0, -mask.y);
  const bottom = Math.min(mask.height, height - mask.y);
  const left = Math.max(0, -mask.x);
  const right = Math.min(mask.width, width - mask.x);
  for (let y = top; y < bottom; y++) {
    const tileRow = (((mask.y + y) * toTile) & (TILE - 1)) * TILE;
    for (let x = left; x < right; x++) {
      const coverage = mask.coverage[y * mask.width + x];
      if (coverage === 0) continue;
      const tooth = GRAIN_TILE[tileRow + (((mask.x + x) * toTile) & (TILE - 1))];
      const alpha = coverage * strength * (1 - grain * tooth);
      const k = ((mask.y + y) * width + mask.x + x) * channels;
      for (let c = 0; c < channels; c++) data[k + c] = Math.round(data[k + c] * (1 - alpha * loss[c]));
    }
  }
}
