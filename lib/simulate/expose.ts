import type { Rng } from "../core/rng.ts";
import { type LightField, lightRow } from "./light-field.ts";
import { type Canvas, PAPER_LEVEL } from "./paint-sheet.ts";
import { noiseByLevel, noiseTable } from "./sensor-noise.ts";

export interface Exposure {
  /** Level of white paper in full light, 0 to 255, and the factor of each channel. */
  readonly paper: number;
  readonly gains: readonly [number, number, number];
  readonly light: LightField;
  /** Standard deviation on white, in levels. */
  readonly noise: number;
  readonly rng: Rng;
}

/** From reflectance to the sensor's levels, in place: light, white balance, noise. */
export function expose(canvas: Canvas, exposure: Exposure): void {
  const { width, height, data } = canvas;
  const { light, rng } = exposure;
  const [r, g, b] = exposure.gains.map((gain) => (gain * exposure.paper) / PAPER_LEVEL);
  const lights = new Float32Array(width);
  const noise = noiseTable();
  const spread = noiseByLevel(exposure.noise);
  for (let y = 0, k = 0; y < height; y++) {
    lightRow(light, y, lights);
    let pick = rng.uint32();
    for (let x = 0; x < width; x++, k += 3) {
      const lit = lights[x];
      const red = data[k] * lit * r;
      const green = data[k + 1] * lit * g;
      const blue = data[k + 2] * lit * b;
      pick = (pick * 1664525 + 1013904223) | 0;
      data[k] = red + spread[red < 255 ? red | 0 : 255] * noise[pick >>> 16];
      data[k + 1] = green + spread[green < 255 ? green | 0 : 255] * noise[(pick >>> 8) & 65535];
      data[k + 2] = blue + spread[blue < 255 ? blue | 0 : 255] * noise[(pick ^ (pick >>> 13)) & 65535];
    }
  }
}
