import { assertArgument } from "../core/assert.ts";
import { estimatePaper, type PaperMap } from "./estimate-paper.ts";
import type { BinaryImage, GrayImage } from "./images.ts";
import { takePictureRoom } from "./kernels/take-room.ts";
import { takeBytes } from "./page-bytes.ts";

export interface ThresholdLocalOptions {
  /** Least difference between paper and the darkest pixel near by that counts as ink, as a fraction of the paper's level. Default 0.15. */
  readonly minContrast?: number;
  /** A paper map of the same image, where the caller has one already. */
  readonly paper?: PaperMap;
}

const BLOCK = 4;
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
  const out = takeBytes(width * height, true);
  const room = takePictureRoom([blockMin.length, level.length, 256, 4 * blocksX + 64], { read: [data], write: [out] });
  const { kernels, bytes } = room;
  const [mins, levels, limits, scratch] = room.at;
  bytes.set(blockMin, mins);
  bytes.set(level, levels);
  // The lightest that the darkest px may be: the paper's level less the least contrast, which is never more than the level.
  for (let grey = 0; grey < 256; grey++) bytes[limits + grey] = grey - Math.ceil(minContrast * grey);
  const mapRow = (map: number, by: number): number => map + Math.min(blocksY - 1, Math.max(0, by)) * blocksX;
  for (let by = 0; by < blocksY; by++) {
    const [above, here, below] = [mapRow(mins, by - 1), mapRow(mins, by), mapRow(mins, by + 1)];
    const offset = BLOCK * by * width;
    const rows = Math.min(BLOCK, height - BLOCK * by);
    kernels.inkRow(
      room.write[0] + offset,
      room.read[0] + offset,
      above,
      here,
      below,
      mapRow(levels, by),
      limits,
      scratch,
      blocksX,
      rows,
      width,
    );
  }
  room.finish();
  return { width, height, data: out };
}
