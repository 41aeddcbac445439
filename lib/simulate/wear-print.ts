import type { Rng } from "../core/rng.ts";
import type { GrayImage, RgbImage } from "../image/images.ts";
import { buildNoise } from "./paper-noise.ts";
import { softenPage } from "./soften-page.ts";
import { toRaster } from "./to-raster.ts";

/** A printer that runs out of toner or ink. Shares of the print's darkness. */
export interface LowToner {
  /** Lost everywhere: 0 to 0.6. */
  readonly fade: number;
  /** Lost besides in bands along the paper's way, 5 to 40 mm wide: 0 to 0.6. */
  readonly bands: number;
  /** Share of the print's area lost in specks of 0.1 to 0.3 mm: 0 to 0.3. */
  readonly voids: number;
}

/** Prints a page with low toner (wear the print before it is filled in: the pen's ink is not the printer's). */
export function wearPrint<Image extends GrayImage | RgbImage>(page: Image, toner: LowToner, pxPerMm: number, rng: Rng): Image {
  const { width, height, channels, data } = toRaster(page);
  const noise = buildNoise(rng);
  const phase = rng.between(0, 6.28);
  const k = (2 * Math.PI) / (rng.between(10, 60) * pxPerMm);
  // Bands: the darker half of a wave, changed by slow noise along the page.
  const band = Float32Array.from({ length: width }, (_, x) => toner.bands * Math.max(0, Math.sin(k * x + phase)));
  const grain = 1 / (0.18 * pxPerMm);
  // Smooth noise (standard deviation 0.2) below this: about the asked share.
  const limit = -0.5 + 0.9 * toner.voids ** 0.6;
  const out = new Uint8Array(data.length);
  for (let y = 0, i = 0; y < height; y++) {
    const along = 0.6 + 0.8 * (0.5 + noise(3.7, y / (60 * pxPerMm)));
    for (let x = 0; x < width; x++) {
      let left = (1 - toner.fade) * (1 - Math.min(0.95, band[x] * along));
      for (let c = 0; c < channels; c++, i++) {
        if (data[i] === 255) {
          out[i] = 255;
          continue;
        }
        if (c === 0 && toner.voids > 0 && noise(x * grain, y * grain) < limit) left *= 0.15;
        out[i] = 255 - (255 - data[i]) * left;
      }
    }
  }
  return { width, height, data: out } as Image;
}

/** A photocopier: what it makes of lines, of grey and of the glass's dirt. */
export interface Copier {
  /** By how much each edge moves outwards (dark copy, lines grow) or inwards (light copy, thin ones break): -0.06 to 0.15 mm. */
  readonly spreadMm: number;
  /** Grey that lies over the whole copy, 0 to 0.12. */
  readonly fog: number;
  /** Black specks on a page of A4: 0 to 300, 0.1 to 0.3 mm. */
  readonly specks: number;
}

/**
 * Copies a page: its edges are blurred and cut again at another level, which is how a copier's exposure thickens or thins lines (an edge
 * blurred by s and cut at level t moves by s times the normal quantile of t), grey turns to black or white.
 */
export function copyPage<Image extends GrayImage | RgbImage>(page: Image, copier: Copier, pxPerMm: number, rng: Rng): Image {
  const raster = toRaster(page);
  const { width, height, channels } = raster;
  const sigma = Math.max(0.08, 0.9 * Math.abs(copier.spreadMm));
  const soft = softenPage(raster, sigma * pxPerMm).data;
  // Logistic approximation of the normal distribution function.
  const cut = 1 / (1 + Math.exp((1.702 * copier.spreadMm) / sigma));
  const fog = 255 * copier.fog;
  const noise = buildNoise(rng);
  const levels = Float32Array.from({ length: 256 }, (_, level) => {
    const t = Math.min(1, Math.max(0, (1 - level / 255 - cut) / 0.3 + 0.5));
    return 255 - 235 * t * t * (3 - 2 * t);
  });
  const out = new Uint8ClampedArray(soft.length);
  for (let i = 0; i < soft.length; i++) out[i] = levels[soft[i]];
  if (fog > 0) {
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const grey = fog * (1 + noise(x / (0.25 * pxPerMm), y / (0.25 * pxPerMm)));
        for (let c = 0; c < channels; c++, i++) out[i] -= (grey * out[i]) / 255;
      }
    }
  }
  const count = Math.round((copier.specks * width * height) / (210 * 297 * pxPerMm * pxPerMm));
  for (let n = 0; n < count; n++) {
    const radius = rng.between(0.05, 0.15) * pxPerMm;
    const [cx, cy] = [rng.float() * width, rng.float() * height];
    for (let y = Math.max(0, Math.floor(cy - radius)); y < Math.min(height, cy + radius); y++) {
      for (let x = Math.max(0, Math.floor(cx - radius)); x < Math.min(width, cx + radius); x++) {
        if (Math.hypot(x + 0.5 - cx, y + 0.5 - cy) <= radius) out.fill(30, (y * width + x) * channels, (y * width + x + 1) * channels);
      }
    }
  }
  return { width, height, data: new Uint8Array(out.buffer) } as Image;
}
