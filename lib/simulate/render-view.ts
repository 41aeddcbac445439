import type { Rng } from "../core/rng.ts";
import type { Homography } from "../image/homography.ts";
import { type LightField, lightRow } from "./light-field.ts";
import { buildNoise } from "./paper-noise.ts";
import { noiseByLevel, noiseTable } from "./sensor-noise.ts";
import type { Raster } from "./soften-page.ts";

/** Radial distortion about the picture's centre: a pixel at distance r (px) shows what lies at r (1 + k (r / radiusPx)^2). */
export interface Lens {
  readonly k: number;
  readonly radiusPx: number;
}

export interface View {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of the result; a grey page in 3 channels gets equal ones before `gains`. */
  readonly channels: 1 | 3;
  readonly imageToPage: Homography;
  readonly lens: Lens | null;
  /** A feeder's uneven way: for each row the place (px) that it shows, and what is added to its x. Absent: the rows as they are. */
  readonly feed?: { readonly y: Float64Array; readonly shiftX: Float64Array } | null;
  /** Page level (0 to 255) to level in full light. */
  readonly levels: Float32Array;
  /** Factor of each channel (white balance). */
  readonly gains: readonly [number, number, number];
  readonly light: LightField | null;
  /** Standard deviation on white, in levels. */
  readonly noise: number;
  /** What lies beside the page: colour, strength and size (px) of its texture. */
  readonly background: { rgb: readonly [number, number, number]; texture: number; grainPx: number };
  readonly rng: Rng;
}

/**
 * Draws what a camera or scanner sees of `page`: for each pixel the way back through lens and homography, a bilinear look at the
 * page (which the caller has blurred as much as the optics and the change of scale ask for), light, gains, noise.
 * @returns `widthPx * heightPx * channels` bytes.
 */
export function renderView(page: Raster, view: View): Uint8Array {
  const { widthPx, heightPx, channels, lens, feed, levels, gains, light, rng } = view;
  const [h0, h1, h2, h3, h4, h5, h6, h7, h8] = view.imageToPage;
  const source = page.data;
  const inChannels = page.channels;
  const inStride = page.width * inChannels;
  const maxX = page.width;
  const maxY = page.height;
  const out = new Uint8ClampedArray(widthPx * heightPx * channels);
  const lights = new Float32Array(widthPx).fill(1);
  const noise = noiseTable();
  const spread = noiseByLevel(view.noise);
  const noisy = view.noise > 0;
  const [deskR, deskG, deskB] = view.background.rgb;
  const texture = buildTexture(view.background, rng);
  const cx = widthPx / 2;
  const cy = heightPx / 2;
  const k = lens ? lens.k / (lens.radiusPx * lens.radiusPx) : 0;
  let o = 0;
  for (let y = 0; y < heightPx; y++) {
    if (light) lightRow(light, y, lights);
    let pick = rng.uint32();
    const dy = (feed ? feed.y[y] : y + 0.5) - cy;
    const firstX = feed ? 0.5 + feed.shiftX[y] : 0.5;
    for (let x = 0; x < widthPx; x++) {
      const dx = x + firstX - cx;
      const bulge = 1 + k * (dx * dx + dy * dy);
      const u = cx + dx * bulge;
      const v = cy + dy * bulge;
      const w = 1 / (h6 * u + h7 * v + h8);
      const px = (h0 * u + h1 * v + h2) * w;
      const py = (h3 * u + h4 * v + h5) * w;
      const lit = lights[x];
      // How far inside the page's edge, in page px: the edge itself is a pixel wide.
      const inside = Math.min(px, py, maxX - px, maxY - py) + 0.5;
      let r: number;
      let g: number;
      let b: number;
      if (inside <= 0) {
        const grain = texture(x, y);
        r = deskR * grain;
        g = deskG * grain;
        b = deskB * grain;
      } else {
        const sx = Math.min(maxX - 1.001, Math.max(0, px - 0.5));
        const sy = Math.min(maxY - 1.001, Math.max(0, py - 0.5));
        const ix = sx | 0;
        const iy = sy | 0;
        const fx = sx - ix;
        const fy = sy - iy;
        let i = iy * inStride + ix * inChannels;
        const wa = (1 - fx) * (1 - fy);
        const wb = fx * (1 - fy);
        const wc = (1 - fx) * fy;
        const wd = fx * fy;
        const j = i + inStride;
        r = levels[(source[i] * wa + source[i + inChannels] * wb + source[j] * wc + source[j + inChannels] * wd + 0.5) | 0];
        if (inChannels === 3) {
          i++;
          g = levels[(source[i] * wa + source[i + 3] * wb + source[i + inStride] * wc + source[i + inStride + 3] * wd + 0.5) | 0];
          i++;
          b = levels[(source[i] * wa + source[i + 3] * wb + source[i + inStride] * wc + source[i + inStride + 3] * wd + 0.5) | 0];
        } else {
          g = r;
          b = r;
        }
        if (inside < 1) {
          r = r * inside + deskR * (1 - inside);
          g = g * inside + deskG * (1 - inside);
          b = b * inside + deskB * (1 - inside);
        }
      }
      if (channels === 3) {
        r *= lit * gains[0];
        g *= lit * gains[1];
        b *= lit * gains[2];
        if (noisy) {
          pick = (pick * 1664525 + 1013904223) | 0;
          r += spread[r < 255 ? r | 0 : 255] * noise[pick >>> 16];
          g += spread[g < 255 ? g | 0 : 255] * noise[(pick >>> 8) & 65535];
          b += spread[b < 255 ? b | 0 : 255] * noise[(pick ^ (pick >>> 13)) & 65535];
        }
        out[o] = r;
        out[o + 1] = g;
        out[o + 2] = b;
        o += 3;
      } else {
        let grey = (inChannels === 3 ? 0.299 * r + 0.587 * g + 0.114 * b : r) * lit;
        if (noisy) {
          pick = (pick * 1664525 + 1013904223) | 0;
          grey += spread[grey < 255 ? grey | 0 : 255] * noise[pick >>> 16];
        }
        out[o++] = grey;
      }
    }
  }
  return new Uint8Array(out.buffer);
}

/** A soft pattern around 1, periodic over 256 grains: two octaves of smoothed noise, longer along x as wood is. */
function buildTexture(background: View["background"], rng: Rng): (x: number, y: number) => number {
  if (background.texture === 0) return () => 1;
  const at = buildNoise(rng);
  const fine = 1 / background.grainPx;
  const coarse = fine / 6;
  const strength = background.texture;
  return (x, y) => 1 + strength * (0.4 * at(x * fine * 0.15, y * fine) + at(x * coarse * 0.2, y * coarse));
}
