import type { Canvas } from "./paint-sheet.ts";
import { softenPage } from "./soften-page.ts";

export interface Processing {
  /** Share of the noise filter's result: 0 none, 1 all (fine texture smears). */
  readonly denoise: number;
  /** Levels within which the noise filter takes a neighbour for the same surface. */
  readonly denoiseLevels: number;
  /** Unsharp mask: how much of the difference from the blurred picture is added, and that blur's standard deviation in px. */
  readonly sharpen: number;
  readonly sharpenPx: number;
}

/** What a phone makes of its sensor's picture before JPEG: noise filter, then sharpening with its halo beside edges. */
export function processPicture(canvas: Canvas, processing: Processing): Canvas {
  const calm = processing.denoise > 0 ? sigmaFilter(canvas, processing) : canvas;
  return processing.sharpen > 0 ? unsharpMask(calm, processing) : calm;
}

/** Mean over those of 5 x 5 neighbours (every other one) whose level is near the pixel's own, a channel at a time (Lee 1983). */
function sigmaFilter(canvas: Canvas, { denoise, denoiseLevels }: Processing): Canvas {
  const { width, height, data } = canvas;
  const out = data.slice();
  const stride = width * 3;
  const around = [-2 * stride - 6, -2 * stride, -2 * stride + 6, -6, 6, 2 * stride - 6, 2 * stride, 2 * stride + 6, -stride, stride, -3, 3];
  const end = (height - 2) * stride;
  for (let k = 2 * stride + 6; k < end; k++) {
    const own = data[k];
    let sum = own;
    let count = 1;
    for (const step of around) {
      const level = data[k + step];
      const difference = level - own;
      if (difference < denoiseLevels && difference > -denoiseLevels) {
        sum += level;
        count++;
      }
    }
    out[k] = own + denoise * (sum / count - own);
  }
  return { ...canvas, data: out };
}

function unsharpMask(canvas: Canvas, { sharpen, sharpenPx }: Processing): Canvas {
  const { width, height, data } = canvas;
  const blurred = softenPage({ width, height, channels: 3, data: new Uint8Array(data.buffer) }, sharpenPx).data;
  const out = new Uint8ClampedArray(data.length);
  for (let k = 0; k < data.length; k++) out[k] = data[k] + sharpen * (data[k] - blurred[k]);
  return { ...canvas, data: out };
}
