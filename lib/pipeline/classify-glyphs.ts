import type { Classifier, Prediction } from "./page-reading.ts";

const SIZE = 784;

/**
 * The classifier's best class for each 28 x 28 image; null where the prompt's character is none of its classes (a digits' model
 * has no opinion on letters), and for blanks (null images).
 */
export function classifyGlyphs(
  images: readonly (Uint8Array | null)[],
  prompts: readonly (string | null)[],
  classifier: Classifier,
): (Prediction | null)[] {
  const asked = images.flatMap((image, i) =>
    image !== null && classifier.classes.includes(prompts[i] ?? classifier.classes[0]) ? [i] : [],
  );
  const out: (Prediction | null)[] = images.map(() => null);
  if (asked.length === 0) return out;
  const batch = new Uint8Array(asked.length * SIZE);
  for (const [row, index] of asked.entries()) batch.set(images[index] ?? new Uint8Array(SIZE), row * SIZE);
  const k = classifier.classes.length;
  const probabilities = classifier.predict(batch, asked.length);
  asked.forEach((index, row) => {
    let best = 0;
    for (let c = 1; c < k; c++) if (probabilities[row * k + c] > probabilities[row * k + best]) best = c;
    out[index] = { label: classifier.classes[best], probability: probabilities[row * k + best] };
  });
  return out;
}
