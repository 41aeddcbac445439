import type { Rng } from "../core/rng.ts";
import { type LightField, lightRow } from "./light-field.ts";
import { type Canvas, PAPER_LEVEL } from "./paint-sheet.ts";
import { noiseByLevel, noiseTable } from "./sensor-noise.ts";

type Gains = readonly [red: number, green: number, blue: number];

export interface Exposure {
  /** Level of white paper in full light, 0 to 255. */
  readonly paper: number;
  /** Factor of each channel at the frame's left and at its right: equal unless two lights are mixed. */
  readonly gains: readonly [left: Gains, right: Gains];
  readonly light: LightField;
  /** Multiplied with `light`. */
  readonly shadow: LightField | null;
  /** Added, as a share of white. */
  readonly glare: LightField | null;
  /** A screen's or a lamp's flicker: rows darker by up to `depth`, `periodPx` apart. */
  readonly banding: { readonly depth: number; readonly periodPx: number; readonly phase: number } | null;
  /** Standard deviation on white, in levels. */
  readonly noise: number;
  /** The same of the colour's blotches, 3 px in size. */
  readonly chromaNoise: number;
  readonly rng: Rng;
}

const BLOTCH_PX = 3;

/** From reflectance to the sensor's levels, in place: light, white balance, glare, noise. */
export function expose(canvas: Canvas, exposure: Exposure): void {
  const { width, height, data } = canvas;
  const { light, shadow, glare, banding, rng, chromaNoise } = exposure;
  const level = exposure.paper / PAPER_LEVEL;
  const [left, right] = exposure.gains.map((gains) => gains.map((gain) => gain * level));
  const steps = left.map((gain, c) => (right[c] - gain) / width);
  const lights = new Float32Array(width);
  const shades = new Float32Array(width).fill(1);
  const glares = new Float32Array(width);
  const noise = noiseTable();
  const spread = noiseByLevel(exposure.noise);
  const blotches = rng.uint32();
  for (let y = 0, k = 0; y < height; y++) {
    lightRow(light, y, lights);
    if (shadow) lightRow(shadow, y, shades);
    if (glare) lightRow(glare, y, glares);
    const flicker = banding ? 1 - banding.depth * (0.5 + 0.5 * Math.sin((2 * Math.PI * y) / banding.periodPx + banding.phase)) : 1;
    const blotchRow = Math.imul(Math.floor(y / BLOTCH_PX) + 1, 0x9e3779b1) ^ blotches;
    let pick = rng.uint32();
    for (let x = 0; x < width; x++, k += 3) {
      const lit = lights[x] * shades[x] * flicker;
      const shine = glares[x] * 255;
      let red = data[k] * lit * (left[0] + steps[0] * x) + shine;
      let green = data[k + 1] * lit * (left[1] + steps[1] * x) + shine;
      let blue = data[k + 2] * lit * (left[2] + steps[2] * x) + shine;
      pick = (pick * 1664525 + 1013904223) | 0;
      red += spread[red < 255 ? red | 0 : 255] * noise[pick >>> 16];
      green += spread[green < 255 ? green | 0 : 255] * noise[(pick >>> 8) & 65535];
      blue += spread[blue < 255 ? blue | 0 : 255] * noise[(pick ^ (pick >>> 13)) & 65535];
      if (chromaNoise > 0) {
        const hash = Math.imul(blotchRow + ((x / BLOTCH_PX) | 0), 0x85ebca6b);
        const cr = chromaNoise * noise[hash >>> 16];
        const cb = chromaNoise * noise[(hash >>> 5) & 65535];
        red += cr;
        blue += cb;
        // What leaves the luminance as it is (ITU-R BT.601).
        green -= 0.509 * cr + 0.194 * cb;
      }
      data[k] = red;
      data[k + 1] = green;
      data[k + 2] = blue;
    }
  }
}
