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
    const axes = axesOf(gray, located);
    const { along, across } = axes;
    const bit = located.line.direction === "h" ? HIDDEN_BY_H : HIDDEN_BY_V;
    const [blockAlong, blockAcross] = bit === HIDDEN_BY_H ? [1, blocksX] : [blocksX, 1];
    const half = located.widthPx / 2;
    const start = Math.max(0, Math.floor(located.from - half - 1));
    const end = Math.min(axes.length, Math.ceil(located.to + half + 1));
    const middles = middlesOf(line, start, end);
    for (let i = start; i < end; i++) {
      const middle = middles[i - start];
      const last = Math.min(axes.depth - 1, Math.floor(middle + reach - 0.5));
      const first = Math.max(0, Math.ceil(middle - reach - 0.5));
      // A px farther is a whole number of bins farther: the differences are exact in binary fractions.
      let bin = Math.round((first + 0.5 - middle + reach) * BINS_PER_PX);
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
