import type { Rng } from "../core/rng.ts";
import type { Homography } from "../image/homography.ts";
import { type Canvas, PAPER_LEVEL } from "./paint-sheet.ts";
import { buildNoise } from "./paper-noise.ts";
import type { Desk } from "./scene.ts";

interface Surface {
  /** Reflectance of white paper is 255. */
  readonly rgb: readonly [number, number, number];
  /** Strength of the fine and of the coarse pattern, as shares. */
  readonly fine: number;
  readonly coarse: number;
  /** Size of a grain along and across, mm. */
  readonly grainMm: readonly [along: number, across: number];
}

const SURFACES: Readonly<Record<Desk, Surface>> = {
  wood: { rgb: [142, 104, 70], fine: 0.22, coarse: 0.35, grainMm: [14, 0.9] },
  darkWood: { rgb: [76, 54, 40], fine: 0.25, coarse: 0.4, grainMm: [16, 1.1] },
  slate: { rgb: [66, 70, 76], fine: 0.12, coarse: 0.08, grainMm: [1.2, 1.2] },
  mat: { rgb: [48, 74, 62], fine: 0.08, coarse: 0.06, grainMm: [1, 1] },
  white: { rgb: [232, 232, 228], fine: 0.02, coarse: 0.03, grainMm: [3, 3] },
  black: { rgb: [22, 22, 24], fine: 0.2, coarse: 0.15, grainMm: [0.8, 0.8] },
  // Two threads a mm and a half, over and under.
  cloth: { rgb: [150, 142, 128], fine: 0.45, coarse: 0.12, grainMm: [1.4, 1.4] },
};

/**
 * Fills the canvas with a desk's surface, seen through `imageToDesk` (picture px to mm), in blocks of 2 x 2 px: what lies beside the
 * page is out of the plane of focus for a reader anyway.
 */
export function paintDesk(canvas: Canvas, desk: Desk, imageToDesk: Homography, rng: Rng): void {
  const { rgb, fine, coarse, grainMm } = SURFACES[desk];
  const [r, g, b] = rgb.map((level) => (level / 255) * PAPER_LEVEL);
  const at = buildNoise(rng);
  const angle = rng.between(0, Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [h0, h1, h2, h3, h4, h5, h6, h7, h8] = imageToDesk;
  const { width, height, data } = canvas;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const w = 1 / (h6 * (x + 1) + h7 * (y + 1) + h8);
      const mx = (h0 * (x + 1) + h1 * (y + 1) + h2) * w;
      const my = (h3 * (x + 1) + h4 * (y + 1) + h5) * w;
      const along = (mx * cos + my * sin) / grainMm[0];
      const across = (my * cos - mx * sin) / grainMm[1];
      const grain = 1 + 2 * (fine * at(along, across) + coarse * at(along * 0.17, across * 0.13));
      for (let k = (y * width + x) * 3, row = 0; row < 2 && y + row < height; row++, k += width * 3) {
        for (let o = k; o < k + 6 && o < (y + row + 1) * width * 3; o += 3) {
          data[o] = r * grain;
          data[o + 1] = g * grain;
          data[o + 2] = b * grain;
        }
      }
    }
  }
}
