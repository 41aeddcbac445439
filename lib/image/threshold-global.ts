import { assertArgument } from "../core/assert.ts";
import type { BinaryImage, GrayImage } from "./images.ts";

/**
 * One threshold for the whole image: a pixel is ink where its value is at most the threshold.
 * @param threshold 0..255, or -1 for no ink at all; by default Otsu's (`otsuThreshold`)
 */
export function thresholdGlobal(image: GrayImage, threshold: number = otsuThreshold(image)): BinaryImage {
  assertArgument(threshold >= -1 && threshold <= 255, `a threshold lies in -1..255 (-1: no ink), got ${threshold}`);
  const source = image.data;
  const data = new Uint8Array(source.length);
  for (let i = 0; i < source.length; i++) data[i] = source[i] <= threshold ? 1 : 0;
  return { width: image.width, height: image.height, data };
}

/**
 * The grey level that maximises the variance between the two classes it makes (Otsu 1979, "A threshold selection method from
 * gray-level histograms"). Where a range of levels is equally good, its middle: for a 1-bit scan (0 and 255 only) that is 127.
 * @returns 0..255; -1 for an image of one single level (then nothing is ink)
 */
export function otsuThreshold(image: GrayImage): number {
  const histogram = new Float64Array(256);
  for (let i = 0; i < image.data.length; i++) histogram[image.data[i]]++;
  const total = image.data.length;
  let sumAll = 0;
  for (let level = 0; level < 256; level++) sumAll += level * histogram[level];

  let best = -1;
  let first = -1;
  let last = -1;
  let weightDark = 0;
  let sumDark = 0;
  for (let level = 0; level < 255; level++) {
    weightDark += histogram[level];
    sumDark += level * histogram[level];
    const weightLight = total - weightDark;
    if (weightDark === 0 || weightLight === 0) continue;
    const difference = sumDark / weightDark - (sumAll - sumDark) / weightLight;
    const between = weightDark * weightLight * difference * difference;
    if (between > best) {
      best = between;
      first = level;
      last = level;
    } else if (between === best) last = level;
  }
  return first < 0 ? -1 : (first + last) >> 1;
}
