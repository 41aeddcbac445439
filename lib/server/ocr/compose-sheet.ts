import type { BinaryImage } from "../../image/images.ts";

export interface Sheet {
  /** An 8-bit PGM file, black ink on white: tesseract reads it without another decoder. */
  readonly pgm: Buffer;
  /** Of each image's rows, in px. */
  readonly tops: readonly number[];
  readonly heights: readonly number[];
}

const BORDER = 14;
const BETWEEN = 10;

/** Puts binary images below each other, left edges of their ink aligned, on white. */
export function composeSheet(images: readonly BinaryImage[]): Sheet {
  const lefts = images.map(leftEdge);
  const width = 2 * BORDER + Math.max(...images.map((image, i) => image.width - lefts[i]));
  const tops: number[] = [];
  let height = BORDER;
  for (const image of images) {
    tops.push(height);
    height += image.height + BETWEEN;
  }
  height += BORDER;
  const header = Buffer.from(`P5\n${width} ${height}\n255\n`, "latin1");
  const pgm = Buffer.alloc(header.length + width * height, 255);
  header.copy(pgm);
  images.forEach((image, i) => {
    for (let y = 0; y < image.height; y++) {
      for (let x = lefts[i]; x < image.width; x++) {
        if (image.data[y * image.width + x] === 1) pgm[header.length + (tops[i] + y) * width + BORDER + x - lefts[i]] = 0;
      }
    }
  });
  return { pgm, tops, heights: images.map((image) => image.height + BETWEEN) };
}

function leftEdge({ width, data }: BinaryImage): number {
  let left = width;
  for (let i = 0; i < data.length; i++) if (data[i] === 1 && i % width < left) left = i % width;
  return left === width ? 0 : left;
}
