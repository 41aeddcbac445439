import { assertArgument } from "../core/assert.ts";
import { estimatePaper, type PaperMap } from "./estimate-paper.ts";
import type { BinaryImage, GrayImage } from "./images.ts";
import { takeBytes } from "./page-bytes.ts";

export interface ThresholdLocalOptions {
  /** Least difference between paper and the darkest pixel near by that counts as ink, as a fraction of the paper's level. Default 0.15. */
  readonly minContrast?: number;
  /** A paper map of the same image, where the caller has one already. */
  readonly paper?: PaperMap;
}

/**
 * Ink by each stroke's own contrast: a pixel is ink where it is darker than half-way between the paper's local level and the
 * darkest pixel within 4 to 8 px (a block of 4 x 4 and its eight neighbours). So a pencil line and a felt tip each keep their true
 * width, uneven light does not matter, and blank paper has no ink at all. After Bernsen (1986), with the paper's level in place of
 * the local maximum.
 *
 * Written for about 300 dpi, where strokes are 3 to 15 px wide. The plain reading of this definition is in
 * `threshold-local.reference.ts`; a test holds the two equal.
 */
export function thresholdLocal(image: GrayImage, options: ThresholdLocalOptions = {}): BinaryImage {
  const minContrast = options.minContrast ?? 0.15;
  assertArgument(minContrast > 0 && minContrast < 1, `minContrast must lie between 0 and 1, got ${minContrast}`);
  const paper = options.paper ?? estimatePaper(image);
  const { width, height, data } = image;
  const { blocksX, blocksY, blockMin, level } = paper;
  const out = takeBytes(width * height);
  for (let by = 0; by < blocksY; by++) {
    const above = Math.max(0, by - 1) * blocksX;
    const here = by * blocksX;
    const below = Math.min(blocksY - 1, by + 1) * blocksX;
    const yEnd = Math.min(height, 4 * by + 4);
    for (let bx = 0; bx < blocksX; bx++) {
      const left = bx === 0 ? 0 : bx - 1;
      const right = bx === blocksX - 1 ? bx : bx + 1;
      let darkest = 255;
      for (let k = left; k <= right; k++) {
        if (blockMin[above + k] < darkest) darkest = blockMin[above + k];
        if (blockMin[here + k] < darkest) darkest = blockMin[here + k];
        if (blockMin[below + k] < darkest) darkest = blockMin[below + k];
      }
      const paperLevel = level[here + bx];
      if (paperLevel - darkest < minContrast * paperLevel) continue;
      const threshold = (paperLevel + darkest) >> 1;
      if (blockMin[here + bx] > threshold) continue;
      const xEnd = Math.min(width, 4 * bx + 4);
      for (let y = 4 * by; y < yEnd; y++) {
        // The sign bit of the difference: a stroke's edge is no branch that a processor could guess.
        for (let at = y * width + 4 * bx, end = y * width + xEnd; at < end; at++) out[at] = (data[at] - threshold - 1) >>> 31;
      }
    }
  }
  return { width, height, data: out };
}
