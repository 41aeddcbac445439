import type { Canvas } from "./paint-sheet.ts";
import { type Raster, softenPage, streakPage } from "./soften-page.ts";

/** The optics' blur: the same everywhere, and what comes to it with the distance from the plane of focus. */
export interface LensBlur {
  /** Standard deviation in px where it is sharpest. */
  readonly sigma: number;
  /**
   * Additional standard deviation: the magnitude of `at[0] x + at[1] y + at[2]` at a picture's px. A thin lens's circle of confusion
   * grows with the difference of inverse depths, and over a plane the inverse depth is linear in the picture.
   */
  readonly defocus: readonly [number, number, number] | null;
  /** Way of the picture during the exposure, px. */
  readonly motion: readonly [number, number];
  /** Blur light instead of levels (`Scene.linearLight`). */
  readonly linearLight: boolean;
}

/** Levels to light and back, 8 bits each: the steps this leaves in the darkest tones are less than a sensor's noise. */
const GAMMA = 2.2;
const TO_LIGHT = Uint8Array.from({ length: 256 }, (_, level) => Math.round(255 * (level / 255) ** GAMMA));
const TO_LEVEL = Uint8Array.from({ length: 256 }, (_, light) => Math.round(255 * (light / 255) ** (1 / GAMMA)));

/** Steps in which the defocus is made; between them pictures are mixed. */
const STEPS = 3;

/** @returns a new canvas, or the same data where nothing blurs; may write to `canvas`. */
export function blurThroughLens(canvas: Canvas, blur: LensBlur): Canvas {
  if (blur.linearLight) look(canvas.data, TO_LIGHT);
  const raster: Raster = { width: canvas.width, height: canvas.height, channels: 3, data: new Uint8Array(canvas.data.buffer) };
  const focused = blur.defocus ? blurByPlace(raster, blur.sigma, blur.defocus) : softenPage(raster, blur.sigma);
  const { data } = streakPage(focused, blur.motion[0], blur.motion[1]);
  if (blur.linearLight) look(data, TO_LEVEL);
  return { width: canvas.width, height: canvas.height, data: new Uint8ClampedArray(data.buffer) };
}

function look(data: Uint8Array | Uint8ClampedArray, table: Uint8Array): void {
  for (let k = 0; k < data.length; k++) data[k] = table[data[k]];
}

function blurByPlace(sharp: Raster, sigma: number, [ax, ay, c]: readonly [number, number, number]): Raster {
  const { width, height } = sharp;
  const worst = Math.max(...[0, width].flatMap((x) => [0, height].map((y) => Math.abs(ax * x + ay * y + c))));
  // Each step is blurred on from the one before: variances add.
  const sigmas = Array.from({ length: STEPS }, (_, i) => Math.hypot(sigma, (worst * i) / (STEPS - 1)));
  const steps: Raster[] = [];
  sigmas.forEach((value, i) => {
    steps.push(i === 0 ? softenPage(sharp, value) : softenPage(steps[i - 1], Math.sqrt(value * value - sigmas[i - 1] ** 2)));
  });
  const out = new Uint8Array(sharp.data.length);
  const toStep = worst > 0 ? (STEPS - 1) / worst : 0;
  for (let y = 0, k = 0; y < height; y++) {
    for (let x = 0; x < width; x++, k += 3) {
      const at = Math.min(STEPS - 1.001, Math.abs(ax * x + ay * y + c) * toStep);
      const i = at | 0;
      const f = at - i;
      const near = steps[i].data;
      const far = steps[i + 1].data;
      out[k] = near[k] + f * (far[k] - near[k]) + 0.5;
      out[k + 1] = near[k + 1] + f * (far[k + 1] - near[k + 1]) + 0.5;
      out[k + 2] = near[k + 2] + f * (far[k + 2] - near[k + 2]) + 0.5;
    }
  }
  return { ...sharp, data: out };
}
