import { estimatePaper } from "./estimate-paper.ts";
import type { BinaryImage, GrayImage } from "./images.ts";

/** `thresholdLocal` pixel by pixel, as its definition says: slow, for tests. */
export function thresholdLocalReference(image: GrayImage, minContrast = 0.15): BinaryImage {
  const { width, height, data } = image;
  const paper = estimatePaper(image);
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bx = Math.floor(x / 4);
      const by = Math.floor(y / 4);
      let darkest = 255;
      for (let v = 4 * (by - 1); v < 4 * (by + 2); v++) {
        for (let u = 4 * (bx - 1); u < 4 * (bx + 2); u++) {
          if (u >= 0 && v >= 0 && u < width && v < height) darkest = Math.min(darkest, data[v * width + u]);
        }
      }
      const level = paper.level[by * paper.blocksX + bx];
      if (level - darkest >= minContrast * level && data[y * width + x] <= Math.floor((level + darkest) / 2)) out[y * width + x] = 1;
    }
  }
  return { width, height, data: out };
}
