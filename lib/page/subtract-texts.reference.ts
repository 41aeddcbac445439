import type { Box } from "../core/geometry.ts";
import type { PaperMap } from "../image/estimate-paper.ts";
import type { GrayImage } from "../image/images.ts";
import { quantile } from "./line-statistics.ts";
import { HIDDEN_BY_TEXT, HIDDEN_LIGHT } from "./subtract-lines.ts";
import { CLEAR_LIGHT, LEAST_EQUAL, type LocatedText, MARGIN_PX, MOST_EQUAL } from "./subtract-texts.ts";

/** Light in print, for a text that stands alone: darker px within its box are its own. */
const PRINT_LIGHT = 0.75;

/** `subtractTexts` in plain TypeScript: slow, for tests. @param gray,hidden changed in place */
export function subtractTextsReference(
  original: GrayImage,
  gray: GrayImage,
  hidden: Uint8Array,
  at: { paper: PaperMap; texts: readonly LocatedText[] },
): void {
  const looks = new Map<string, LocatedText[]>();
  for (const text of at.texts) looks.set(text.look, [...(looks.get(text.look) ?? []), text]);
  for (const texts of looks.values()) {
    if (texts.length >= LEAST_EQUAL) subtractEqual(original, gray, hidden, { paper: at.paper, texts });
    else for (const text of texts) hideText(original, gray, hidden, { paper: at.paper, text });
  }
}

function subtractEqual(
  original: GrayImage,
  gray: GrayImage,
  hidden: Uint8Array,
  { paper, texts }: { paper: PaperMap; texts: readonly LocatedText[] },
): void {
  const width = Math.ceil(Math.max(...texts.map(({ box }) => box[2]))) + 2 * MARGIN_PX;
  const height = Math.ceil(Math.max(...texts.map(({ box }) => box[3]))) + 2 * MARGIN_PX;
  const step = Math.ceil(texts.length / MOST_EQUAL);
  const samples = texts.filter((_, i) => i % step === 0).map(({ box }) => sample(original, paper, box, width, height));
  const print = median(samples);
  const low = lowest(print, width, height);
  const clear = clearCells(low, width, height);
  for (const { box } of texts) {
    const left = Math.ceil(box[0] - MARGIN_PX);
    const top = Math.ceil(box[1] - MARGIN_PX);
    // Px (left, top) lies so far behind the first of the print's own grid: less than a px.
    const fx = left - (box[0] - MARGIN_PX);
    const fy = top - (box[1] - MARGIN_PX);
    for (let y = Math.max(0, -top); y < Math.min(height - 1, gray.height - top); y++) {
      const py = top + y;
      for (let x = Math.max(0, -left); x < Math.min(width - 1, gray.width - left); x++) {
        const at = y * width + x;
        if (clear[at] === 1) continue;
        const darkest = between(low, at, width, fx, fy);
        if (darkest >= CLEAR_LIGHT) continue;
        const px = left + x;
        const i = py * gray.width + px;
        const level = paper.level[(py >> 2) * paper.blocksX + (px >> 2)];
        if (darkest < HIDDEN_LIGHT) {
          hidden[i] |= HIDDEN_BY_TEXT;
          gray.data[i] = level;
        } else if (hidden[i] === 0)
          gray.data[i] = Math.min(255, Math.round((2 * gray.data[i]) / (darkest + between(print, at, width, fx, fy))));
      }
    }
  }
}

/** Light over the paper's at the grid around a text's box. */
function sample(image: GrayImage, paper: PaperMap, box: Box, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height).fill(1);
  // Px centres: value (i, j) of the image belongs to (i + 0.5, j + 0.5).
  const left = Math.floor(box[0] - MARGIN_PX);
  const above = Math.floor(box[1] - MARGIN_PX);
  const fx = box[0] - MARGIN_PX - left;
  const fy = box[1] - MARGIN_PX - above;
  const stride = image.width;
  for (let y = Math.max(0, -above); y < Math.min(height, image.height - 1 - above); y++) {
    const blocks = ((above + y) >> 2) * paper.blocksX;
    for (let x = Math.max(0, -left); x < Math.min(width, stride - 1 - left); x++) {
      out[y * width + x] =
        greyBetween(image.data, (above + y) * stride + left + x, stride, fx, fy) / paper.level[blocks + ((left + x) >> 2)];
    }
  }
  return out;
}

/** Between the four values at `at`, right of it and below: `fx` of the way to the right, `fy` down. */
function between(data: Float32Array, at: number, stride: number, fx: number, fy: number): number {
  const top = data[at] + (data[at + 1] - data[at]) * fx;
  const bottom = data[at + stride] + (data[at + stride + 1] - data[at + stride]) * fx;
  return top + (bottom - top) * fy;
}

/** As `between`: a function that meets bytes and numbers is compiled for both, and slower. */
function greyBetween(data: Uint8Array, at: number, stride: number, fx: number, fy: number): number {
  const top = data[at] + (data[at + 1] - data[at]) * fx;
  const bottom = data[at + stride] + (data[at + stride + 1] - data[at + stride]) * fx;
  return top + (bottom - top) * fy;
}

function median(samples: readonly Float32Array[]): Float32Array {
  const column = new Float32Array(samples.length);
  const out = new Float32Array(samples[0].length);
  for (let i = 0; i < out.length; i++) {
    for (let k = 0; k < samples.length; k++) column[k] = samples[k][i];
    out[i] = quantile(column, samples.length >> 1);
  }
  return out;
}

/** The darkest within a px: where the print may lie by the registration's error. */
function lowest(print: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(print.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      let least = print[i];
      if (x > 0) least = Math.min(least, print[i - 1]);
      if (x < width - 1) least = Math.min(least, print[i + 1]);
      if (y > 0) least = Math.min(least, print[i - width]);
      if (y < height - 1) least = Math.min(least, print[i + width]);
      out[i] = least;
    }
  }
  return out;
}

/** 1 where all four values around are clear of print: then so is whatever lies between them. */
function clearCells(low: Float32Array, width: number, height: number): Uint8Array {
  const out = new Uint8Array(low.length);
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0, i = y * width; x < width - 1; x++, i++)
      if (Math.min(low[i], low[i + 1], low[i + width], low[i + width + 1]) >= CLEAR_LIGHT) out[i] = 1;
  }
  return out;
}

function hideText(original: GrayImage, gray: GrayImage, hidden: Uint8Array, { paper, text }: { paper: PaperMap; text: LocatedText }): void {
  const { width, height } = original;
  const [x0, y0] = [Math.max(1, Math.floor(text.box[0]) - 1), Math.max(1, Math.floor(text.box[1]) - 1)];
  const [x1, y1] = [
    Math.min(width - 1, Math.ceil(text.box[0] + text.box[2]) + 1),
    Math.min(height - 1, Math.ceil(text.box[1] + text.box[3]) + 1),
  ];
  const { data } = original;
  for (let y = y0; y < y1; y++) {
    for (let x = x0, i = y * width + x0; x < x1; x++, i++) {
      const level = paper.level[(y >> 2) * paper.blocksX + (x >> 2)];
      const limit = PRINT_LIGHT * level;
      // A px around, for its blur.
      if (data[i] >= limit && data[i - 1] >= limit && data[i + 1] >= limit && data[i - width] >= limit && data[i + width] >= limit)
        continue;
      hidden[i] |= HIDDEN_BY_TEXT;
      gray.data[i] = level;
    }
  }
}
