/** What a stream of random numbers is for. */
export type SeedPurpose = "weights" | "order" | "augmentation" | "noise-bank" | "dropout" | "member";

const PURPOSES: Record<SeedPurpose, number> = { weights: 1, order: 2, augmentation: 3, "noise-bank": 4, dropout: 5, member: 6 };

/**
 * A seed of its own for each purpose and number (layer, epoch, example): every random number of a training follows from
 * (seed, purpose, position), so nothing about chance has to be stored in a checkpoint and nothing depends on who computes which example.
 * The mixing is murmur3's finaliser (Appleby 2011) over the words in turn.
 */
export function deriveSeed(seed: number, purpose: SeedPurpose, ...position: readonly number[]): number {
  let h = mix((seed >>> 0) ^ 0x9e3779b9);
  for (const word of [PURPOSES[purpose], ...position]) h = mix(Math.imul(h, 31) + (word >>> 0));
  return h >>> 0;
}

function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
