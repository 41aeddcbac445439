import { assertArgument } from "../core/assert.ts";

const PIXELS = 784;

/** Examples by class. @param labels n class numbers below `classes` */
export function countClasses(labels: Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) {
    assertArgument(label < classes, `label ${label} is out of range: there are ${classes} classes`);
    counts[label]++;
  }
  return counts;
}

/**
 * The mean image of each class, rounded; all zero for a class without examples.
 * @param images n x 784, 255 = ink
 * @param labels n class numbers below `classes`
 * @returns classes x 784
 */
export function meanImages(images: Uint8Array, labels: Uint8Array, classes: number): Uint8Array {
  assertArgument(
    images.length === labels.length * PIXELS,
    `${labels.length} labels want ${labels.length * PIXELS} bytes of images, not ${images.length}`,
  );
  const counts = countClasses(labels, classes);
  const sums = new Float64Array(classes * PIXELS);
  for (let i = 0; i < labels.length; i++) {
    const to = labels[i] * PIXELS;
    const from = i * PIXELS;
    for (let p = 0; p < PIXELS; p++) sums[to + p] += images[from + p];
  }
  const means = new Uint8Array(classes * PIXELS);
  for (let k = 0; k < classes; k++) {
    if (counts[k] === 0) continue;
    for (let p = 0; p < PIXELS; p++) means[k * PIXELS + p] = Math.round(sums[k * PIXELS + p] / counts[k]);
  }
  return means;
}
