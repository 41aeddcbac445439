import { findComponents } from "../image/connected-components.ts";
import type { BinaryImage } from "../image/images.ts";
import type { PrintedLine } from "./nist-measure-line.ts";

/** Height of printed digits and letters, in px at 300 dpi. */
const MIN_PRINT = 17;
const MAX_PRINT = 44;
/** Print stands at most this far above the box's top line. */
const MAX_GAP = 16;
/** Beside the print's first and last character. */
const ASIDE = 12;

/**
 * Takes the prompt away that is printed above a field's top line, also where handwriting runs into it: what stands in the print's
 * columns goes as far down as the print reaches. Handwriting that rises beside the print, or not up to it, stays.
 * @param ink changed in place
 */
export function erasePrint(ink: BinaryImage, top: PrintedLine): void {
  const { width, data } = ink;
  let height = 0;
  for (const y of top.top) height = Math.max(height, y);
  const edge = (x: number): number => top.top[Math.max(0, Math.min(top.top.length - 1, x - top.from))];
  const above = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (y < edge(x)) above[y * width + x] = data[y * width + x];
  }
  const { labels, components } = findComponents({ width, height, data: above });
  const gapOf = ([x, y, w, h]: readonly [number, number, number, number]): number => edge(x + (w >> 1)) - (y + h);
  const free = components.filter(({ box, area }) => {
    const gap = gapOf(box);
    return box[1] > 0 && box[3] >= MIN_PRINT && box[3] <= MAX_PRINT && box[2] <= MAX_PRINT && gap >= 2 && gap <= MAX_GAP && area >= 60;
  });
  if (free.length === 0) return;
  const gaps = free.map(({ box }) => gapOf(box)).sort((a, b) => a - b);
  const gap = gaps[gaps.length >> 1];
  // What is pressed to the line may be print as well: neighbours of what is surely print belong to it.
  const from = Math.min(...free.map(({ box }) => box[0])) - ASIDE - 2 * MIN_PRINT;
  const to = Math.max(...free.map(({ box }) => box[0] + box[2])) + ASIDE + 2 * MIN_PRINT;
  const goes = new Uint8Array(components.length + 1);
  for (const { label, box } of components) {
    const [x, , w, h] = box;
    goes[label] = h >= MIN_PRINT && x < to && x + w > from ? 1 : 0;
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (labels[i] !== 0 && goes[labels[i]] === 1 && y < edge(x) - gap) data[i] = 0;
    }
  }
}
