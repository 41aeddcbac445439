import type { Rng } from "../core/rng.ts";
import type { GrayImage, RgbImage } from "../image/images.ts";
import { buildNoise } from "./paper-noise.ts";
import { softenPage } from "./soften-page.ts";
import { toRaster } from "./to-raster.ts";
import { toRgb } from "./to-rgb.ts";

/** What a sheet is before it is printed on. */
export interface Paper {
  /** Reflectance, 255 for the whitest office paper. */
  readonly rgb: readonly [number, number, number];
  /** Standard deviation of its cloudiness over 1 mm, in levels. */
  readonly mottle: number;
  /** Dark fibres on a page of A4, 0.3 to 1.5 mm long (recycled paper). */
  readonly fibres: number;
  /** Printed lines: their distance, their colour (they are 0.2 mm wide). */
  readonly lines?: { readonly kind: "ruled" | "grid"; readonly pitchMm: number; readonly rgb: readonly [number, number, number] };
}

const plain = { mottle: 1, fibres: 0 };

/** Office papers by colour, as makers of copy paper sell them (pastel shades), and school paper. */
export const PAPERS = {
  white: { ...plain, rgb: [255, 255, 255] },
  cream: { ...plain, rgb: [253, 245, 220] },
  yellow: { ...plain, rgb: [254, 240, 140] },
  blue: { ...plain, rgb: [186, 216, 244] },
  pink: { ...plain, rgb: [250, 196, 212] },
  green: { ...plain, rgb: [196, 232, 190] },
  orange: { ...plain, rgb: [252, 196, 120] },
  recycled: { rgb: [214, 209, 198], mottle: 3, fibres: 600 },
  ruled: { ...plain, rgb: [255, 255, 255], lines: { kind: "ruled", pitchMm: 8, rgb: [196, 212, 240] } },
  grid: { ...plain, rgb: [255, 255, 255], lines: { kind: "grid", pitchMm: 5, rgb: [206, 218, 236] } },
} as const satisfies Record<string, Paper>;

/** Puts a page (filled in or not) on another paper: print and ink multiply it. @returns RGB. */
export function tintPaper(page: GrayImage | RgbImage, paper: Paper, pxPerMm: number, rng: Rng): RgbImage {
  const { width, height, data } = toRgb(page);
  const sheet = new Float32Array(width * height).fill(1);
  drawFibres(sheet, width, height, paper.fibres, pxPerMm, rng);
  const noise = buildNoise(rng);
  const cell = 1 / pxPerMm;
  const out = new Uint8Array(data.length);
  const pitch = (paper.lines?.pitchMm ?? 1) * pxPerMm;
  const thick = Math.max(1, 0.2 * pxPerMm);
  for (let y = 0, i = 0, k = 0; y < height; y++) {
    const inRow = paper.lines !== undefined && y % pitch < thick;
    for (let x = 0; x < width; x++, k++) {
      // The noise's standard deviation is about 0.2.
      const cloud = sheet[k] * (1 + (paper.mottle / 255 / 0.2) * noise(x * cell, y * cell));
      const inLine = inRow || (paper.lines?.kind === "grid" && x % pitch < thick);
      for (let c = 0; c < 3; c++, i++) {
        const line = inLine && paper.lines ? paper.lines.rgb[c] / 255 : 1;
        out[i] = Math.min(255, (data[i] / 255) * paper.rgb[c] * cloud * line + 0.5);
      }
    }
  }
  return { width, height, data: out };
}

function drawFibres(sheet: Float32Array, width: number, height: number, perPage: number, pxPerMm: number, rng: Rng): void {
  const count = Math.round((perPage * width * height) / (210 * 297 * pxPerMm * pxPerMm));
  for (let n = 0; n < count; n++) {
    let [x, y] = [rng.float() * width, rng.float() * height];
    const angle = rng.between(0, 2 * Math.PI);
    const bend = rng.between(-1, 1);
    const length = rng.between(0.3, 1.5) * pxPerMm;
    const level = rng.between(0.6, 0.9);
    for (let s = 0; s < length; s += 0.5) {
      x += 0.5 * Math.cos(angle + (bend * s) / length);
      y += 0.5 * Math.sin(angle + (bend * s) / length);
      if (x >= 0 && y >= 0 && x < width && y < height) sheet[Math.floor(y) * width + Math.floor(x)] = level;
    }
  }
}

/** How much of a sheet's other side is seen. */
export interface ShowThrough {
  /** Share of the other side's darkness: 0.03 to 0.15 (thin paper), to 0.5 (felt tip that bled through). */
  readonly strength: number;
  /** Standard deviation of the blur on the way through: 0.1 (bled) to 0.5 mm (seen through). */
  readonly blurMm: number;
  readonly shiftMm?: readonly [number, number];
}

/** Lets the sheet's other side show, mirrored left to right as it lies behind this one. @param back of the same size as `page`. */
export function showThrough<Image extends GrayImage | RgbImage>(
  page: Image,
  back: GrayImage | RgbImage,
  through: ShowThrough,
  pxPerMm: number,
): Image {
  const front = toRaster(page);
  const behind = softenPage(toRaster(back), through.blurMm * pxPerMm);
  const [dx, dy] = (through.shiftMm ?? [0, 0]).map((mm) => Math.round(mm * pxPerMm));
  const out = front.data.slice();
  const { width, height, channels } = front;
  for (let y = 0; y < height; y++) {
    const v = y - dy;
    if (v < 0 || v >= behind.height) continue;
    for (let x = 0; x < width; x++) {
      const u = behind.width - 1 - (x - dx);
      if (u < 0 || u >= behind.width) continue;
      const k = (y * width + x) * channels;
      const i = (v * behind.width + u) * behind.channels;
      for (let c = 0; c < channels; c++) {
        const level = behind.data[i + (behind.channels === 3 ? c : 0)];
        out[k + c] = out[k + c] * (1 - through.strength * (1 - level / 255)) + 0.5;
      }
    }
  }
  return { ...page, data: out };
}
