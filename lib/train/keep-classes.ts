import { CHAR_CLASSES } from "../core/char-classes.ts";
import type { TrainingSet } from "../mlp/training-set.ts";

const PIXELS = 784;

/** The examples whose label bytes (see `CHAR_CLASSES`) are of these classes, and how many others there were. */
export function keepClasses({ images, labels }: TrainingSet, classes: readonly string[]): TrainingSet & { readonly leftOut: number } {
  const wanted = new Set(classes.map((character) => CHAR_CLASSES.indexOf(character)));
  const kept = Array.from(labels.keys()).filter((n) => wanted.has(labels[n]!));
  if (kept.length === labels.length) return { images, labels, leftOut: 0 };
  const keptImages = new Uint8Array(kept.length * PIXELS);
  kept.forEach((n, k) => {
    keptImages.set(images.subarray(n * PIXELS, (n + 1) * PIXELS), k * PIXELS);
  });
  return { images: keptImages, labels: Uint8Array.from(kept, (n) => labels[n]!), leftOut: labels.length - kept.length };
}
