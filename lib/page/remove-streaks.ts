import type { PageRaster } from "../image/page-raster.ts";
import { findStreaks, type Streak } from "./find-streaks.ts";

/** Where less light than this comes through, what the dirt hides is made up from both sides. */
const OPAQUE = 0.25;

/**
 * The picture without the lines of dirt that a feeder's glass draws along the whole scan: the light they take is given back, so that
 * a stroke which crosses one stays. Returned as it is where there are none.
 */
export function removeStreaks(raster: PageRaster): PageRaster {
  const streaks = findStreaks(raster.gray);
  if (streaks.length === 0) return raster;
  const { width, height } = raster.gray;
  const clear = (data: Uint8Array, channels: number): Uint8Array<ArrayBuffer> => {
    const out = Uint8Array.from(data);
    for (const streak of streaks) clearStreak(out, streak, { width, height, channels });
    return out;
  };
  return {
    gray: { width, height, data: clear(raster.gray.data, 1) },
    rgb: raster.rgb && { width, height, data: clear(raster.rgb.data, 3) },
  };
}

function clearStreak(
  data: Uint8Array,
  { along, from, left, piecePx }: Streak,
  { width, height, channels }: { width: number; height: number; channels: number },
): void {
  const [length, across] = along === "y" ? [height, width] : [width, height];
  const [stepAlong, stepAcross] = along === "y" ? [width * channels, channels] : [channels, width * channels];
  for (let y = 0; y < length; y++) {
    const at = Math.min(left[0].length - 1.001, Math.max(0, (y + 0.5) / piecePx - 0.5));
    const piece = Math.floor(at);
    const part = at - piece;
    for (let c = 0; c < channels; c++) {
      const row = y * stepAlong + c;
      const before = data[row + Math.max(0, from - 1) * stepAcross];
      const after = data[row + Math.min(across - 1, from + left.length) * stepAcross];
      for (const [i, shares] of left.entries()) {
        const share = shares[piece] + part * (shares[piece + 1] - shares[piece]);
        const k = row + (from + i) * stepAcross;
        const t = (i + 1) / (left.length + 1);
        data[k] = share < OPAQUE ? before + t * (after - before) : Math.min(255, data[k] / share);
      }
    }
  }
}
