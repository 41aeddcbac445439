import { crop } from "../image/crop.ts";
import type { BinaryImage } from "../image/images.ts";

/** Less paper than this between two columns of ink does not part letters, in px at 300 dpi (an alphabet is printed with 15 and more). */
const MIN_GAP = 3;

/** The spaced letters of a printed alphabet, from left to right, at the print's full height. */
export function partLetters(print: BinaryImage): BinaryImage[] {
  const { width, height, data } = print;
  const inked = new Uint8Array(width);
  for (let i = 0; i < data.length; i++) if (data[i] === 1) inked[i % width] = 1;
  const spans: [number, number][] = [];
  for (let x = 0; x < width; x++) {
    if (inked[x] === 0) continue;
    const last = spans[spans.length - 1];
    if (last !== undefined && x - last[1] < MIN_GAP) last[1] = x + 1;
    else spans.push([x, x + 1]);
  }
  return spans.map(([from, to]) => crop(print, [from, 0, to - from, height]));
}
