import type { BinaryImage } from "./images.ts";

/** Runs longer than this are no stroke's width but its way (a bar of a 5, a line). */
export const LONGEST_PX = 24;

/**
 * Usual width of the pen's strokes: the median of the horizontal runs of 2 to 23 px, since most strokes are upright.
 * @param window rows y0 <= y < y1 and columns x0 <= x < x1 that count; default all
 * @returns px, null where there is no such run
 */
export function findStrokeWidth(
  { width, height, data }: BinaryImage,
  window: { x0: number; y0: number; x1: number; y1: number } = { x0: 0, y0: 0, x1: width, y1: height },
): number | null {
  const counts = new Int32Array(LONGEST_PX);
  // Paper is skipped by `indexOf`, over the ends of rows too.
  let ink = -1;
  for (let y = window.y0; y < window.y1; y++) {
    const end = y * width + window.x1;
    for (let at = y * width + window.x0; at < end; at++) {
      if (data[at] === 0) {
        if (ink < at) {
          ink = data.indexOf(1, at);
          if (ink < 0) ink = data.length;
        }
        if (ink >= end) break;
        at = ink;
      }
      const start = at;
      while (at < end && data[at] === 1) at++;
      if (at - start < LONGEST_PX) counts[at - start]++;
    }
  }
  return medianWidth(counts);
}

/** The median of the runs of 2 to 23 px, of which each length's number is known; null where there are none. */
export function medianWidth(counts: Int32Array): number | null {
  let total = 0;
  for (let run = 2; run < LONGEST_PX; run++) total += counts[run];
  let seen = 0;
  for (let run = 2; run < LONGEST_PX; run++) {
    seen += counts[run];
    if (total > 0 && 2 * seen >= total) return run;
  }
  return null;
}
