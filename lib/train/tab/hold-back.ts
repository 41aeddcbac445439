import type { TrainingSet } from "../../mlp/training-set.ts";

/** Of ten examples one is held back. */
const EVERY = 10;
/** With fewer, an error rate of the held back ones would say nothing. */
const FEWEST = 50;

/**
 * The first `limit` examples, every tenth of them held back to measure the validation error on. A data set of one's own often has no
 * validation split, and the test split is for the end.
 * @param pixels of an image
 */
export function holdBack(
  { images, labels }: TrainingSet,
  { pixels, limit }: { readonly pixels: number; readonly limit: number | null },
): { readonly train: TrainingSet; readonly held: TrainingSet | null } {
  const N = Math.min(labels.length, limit ?? labels.length);
  if (N < FEWEST) return { train: firstOf({ images, labels }, N, pixels), held: null };
  const pick = (wanted: (n: number) => boolean): TrainingSet => {
    const kept = Array.from({ length: N }, (_, n) => n).filter(wanted);
    const picked = { images: new Uint8Array(kept.length * pixels), labels: new Uint8Array(kept.length) };
    kept.forEach((n, k) => {
      picked.images.set(images.subarray(n * pixels, (n + 1) * pixels), k * pixels);
      picked.labels[k] = labels[n]!;
    });
    return picked;
  };
  return { train: pick((n) => n % EVERY !== EVERY - 1), held: pick((n) => n % EVERY === EVERY - 1) };
}

/** The first N examples. */
export function firstOf({ images, labels }: TrainingSet, N: number, pixels: number): TrainingSet {
  return { images: images.subarray(0, N * pixels), labels: labels.subarray(0, N) };
}
