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

/**
 * Mean over those of twelve neighbours within 5 x 5 whose level is near the pixel's own, a channel at a time (Lee 1983). Without a branch:
 * on a noisy picture each would be mispredicted every other time.
 */
function sigmaFilter(canvas: Canvas, { denoise, denoiseLevels }: Processing): Canvas {
  const { width, height, data } = canvas;
  const out = data.slice();
  const stride = width * 3;
  const limit = Math.ceil(denoiseLevels);
  const end = (height - 2) * stride - 6;
  for (let k = 2 * stride + 6; k < end; k++) {
    const own = data[k];
    let sum = own;
    let count = 1;
    for (let row = -2; row <= 2; row += 2) {
      const at = k + row * stride;
      const a = data[at - 6];
      const b = data[at + 6];
      const c = row === 0 ? data[k - 3] : data[at];
      // All ones where the difference is less than the limit, else zero.
      const inA = (Math.abs(a - own) - limit) >> 31;
      const inB = (Math.abs(b - own) - limit) >> 31;
      const inC = (Math.abs(c - own) - limit) >> 31;
      sum += (a & inA) + (b & inB) + (c & inC);
      count -= inA + inB + inC;
    }
    const d = data[k - stride];
    const e = data[k + stride];
    const f = data[k + 3];
    const inD = (Math.abs(d - own) - limit) >> 31;
    const inE = (Math.abs(e - own) - limit) >> 31;
    const inF = (Math.abs(f - own) - limit) >> 31;
    sum += (d & inD) + (e & inE) + (f & inF);
    count -= inD + inE + inF;
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
