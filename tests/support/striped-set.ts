import { Rng } from "../../lib/core/rng.ts";
import type { TrainingSet } from "../../lib/mlp/training-set.ts";

/**
 * Images that can be told apart, without any data set: class c is a bright stripe at its own height, shifted by up to a pixel, with noise.
 * @param side of the square images
 */
export function buildStripedSet(n: number, options: { side: number; classes: number; seed: number }): TrainingSet {
  const { side, classes, seed } = options;
  const rng = new Rng(seed);
  const images = new Uint8Array(n * side * side);
  const labels = new Uint8Array(n);
  for (let k = 0; k < n; k++) {
    const label = rng.int(classes);
    labels[k] = label;
    const top = Math.round(((label + 0.5) * side) / classes - 1 + rng.between(-1, 1));
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const stripe = y >= top && y < top + 2 && rng.float() < 0.8;
        const noise = rng.float() < 0.05;
        images[(k * side + y) * side + x] = stripe || noise ? 100 + rng.int(156) : 0;
      }
    }
  }
  return { images, labels };
}
