import { assertArgument } from "../core/assert.ts";
import { InkformError } from "../core/inkform-error.ts";

const PIXELS = 784;

/** Examples by class. @param labels n class numbers below `classes` */
export function countClasses(labels: Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) {
    if (label >= classes) throw new InkformError("invalid-argument", `label ${label} is out of range: there are ${classes} classes`);
    counts[label]++;
  }
  return counts;
}

/** Mean images in the making. */
export interface MeanImages {
  /**
   * @param images n x 784, 255 = ink
   * @param labels n class numbers below `classes`
   */
  add(images: Uint8Array, labels: Uint8Array): void;
  /** classes x 784: the mean image of each class so far, rounded; all zero for a class without examples. */
  means(): Uint8Array;
}

/** Averages images class by class; piece by piece, so that 60,000 of them need not hold up whoever waits. */
export function createMeanImages(classes: number): MeanImages {
  const sums = new Float64Array(classes * PIXELS);
  const counts = new Array<number>(classes).fill(0);
  return {
    add(images, labels) {
      assertArgument(
        images.length === labels.length * PIXELS,
        `${labels.length} labels want ${labels.length * PIXELS} bytes of images, not ${images.length}`,
      );
      countClasses(labels, classes).forEach((count, k) => {
        counts[k] += count;
      });
      for (let i = 0; i < labels.length; i++) {
        const to = labels[i] * PIXELS;
        const from = i * PIXELS;
        for (let p = 0; p < PIXELS; p++) sums[to + p] += images[from + p];
      }
    },
    means() {
      const means = new Uint8Array(classes * PIXELS);
      for (let k = 0; k < classes; k++) {
        if (counts[k] === 0) continue;
        for (let p = 0; p < PIXELS; p++) means[k * PIXELS + p] = Math.round(sums[k * PIXELS + p] / counts[k]);
      }
      return means;
    },
  };
}
