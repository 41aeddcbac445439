import type { PaperMap } from "../image/estimate-paper.ts";
import type { GrayImage } from "../image/images.ts";
import { axesOf, BINS_PER_PX, middlesOf, type ProfiledLine } from "./line-profiles.ts";

/** Where less of the light than this comes through print, ink on it can't be told from print. */
export const HIDDEN_LIGHT = 0.4;
/** Print that takes away less than this is left as it is. */
const CLEAR_LIGHT = 0.97;

export const HIDDEN_BY_H = 1;
export const HIDDEN_BY_V = 2;
export const HIDDEN_BY_TEXT = 4;

/**
 * Takes printed lines out of the grey image, in place: ink on paper takes away a share of the light, print and writing each their own,
 * so that the value over what the line lets through is the paper with the writing alone. Where the line lets too little through the
 * pixel becomes paper and is marked in `hidden`; what was written there is inferred later from both sides (`restoreStrokes`).
 * @param hidden per px, bits HIDDEN_BY_*; written to
 */
export function subtractLines(gray: GrayImage, hidden: Uint8Array, paper: PaperMap, lines: readonly ProfiledLine[]): void {
  const { data } = gray;
  const { level, blocksX } = paper;
  for (const line of lines) {
    const { located, profile } = line;
    const { low: lows, usual: usuals, reach } = profile;
    const dark = darkBins(lows);
    const axes = axesOf(gray, located);
    const { depth, along, across } = axes;
    const bit = located.line.direction === "h" ? HIDDEN_BY_H : HIDDEN_BY_V;
    const blockAlong = bit === HIDDEN_BY_H ? 1 : blocksX;
    const blockAcross = bit === HIDDEN_BY_H ? blocksX : 1;
    const half = located.widthPx / 2;
    // `| 0` here and below: else every index in the loops is a floating point number to the compiler.
    const start = Math.max(0, Math.floor(located.from - half - 1)) | 0;
    const end = Math.min(axes.length, Math.ceil(located.to + half + 1)) | 0;
    const middles = middlesOf(line, start, end);
    for (let i = start; i < end; i++) {
      const middle = middles[i - start];
      const outermost = middle - reach - 0.5;
      const last = Math.min(depth - 1, Math.floor(outermost + dark.last / BINS_PER_PX)) | 0;
      const first = Math.max(0, Math.ceil(outermost + dark.first / BINS_PER_PX)) | 0;
      // A px farther is a whole number of bins farther: the differences are exact in binary fractions.
      let bin = Math.round((first + 0.5 - middle + reach) * BINS_PER_PX) | 0;
      for (let k = first, at = i * along + k * across; k <= last; k++, at += across, bin += BINS_PER_PX) {
        const low = lows[bin];
        if (low >= CLEAR_LIGHT) continue;
        if (low < HIDDEN_LIGHT) {
          hidden[at] |= bit;
          data[at] = level[(i >> 2) * blockAlong + (k >> 2) * blockAcross];
        } else if (hidden[at] === 0) {
          data[at] = Math.min(255, Math.round((2 * data[at]) / (low + usuals[bin])));
        }
      }
    }
  }
}

/** The bins in which the line takes light away, and one more on each side for rounding; the last below the first where there are none. */
function darkBins(lows: Float32Array): { first: number; last: number } {
  let first = 0;
  while (first < lows.length && lows[first] >= CLEAR_LIGHT) first++;
  let last = lows.length - 1;
  while (last >= first && lows[last] >= CLEAR_LIGHT) last--;
  return last < first ? { first: 1, last: 0 } : { first: Math.max(0, first - 1), last: Math.min(lows.length - 1, last + 1) };
}
