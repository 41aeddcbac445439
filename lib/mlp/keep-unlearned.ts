import type { Network } from "./network.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Selective backpropagation: moves the examples from which something is left to learn to the front of the mini-batch, in their order, with
 * all that the backward pass and the update read of them. An example is learned when each of its output errors |d[b,c]| (for
 * cross-entropy |p - target|) is below `below`. Its gradient is taken as zero: the mean stays that of the whole mini-batch.
 *
 *   Jiang et al. 2019 (arXiv 1910.00762) leave examples out by chance, the more likely the smaller their loss; here a threshold decides.
 *
 * @returns how many examples are left, from 0 to B
 */
export function keepUnlearned({ sizes }: Network, { a, d }: Workspace, { B, below }: { B: number; below: number }): number {
  const errors = d.at(-1)!;
  const C = sizes.at(-1)!;
  let kept = 0;
  for (let b = 0; b < B; b++) {
    if (isLearned(b)) continue;
    if (kept < b) {
      errors.copyWithin(kept * C, b * C, (b + 1) * C);
      // The last of a are the outputs, which only the loss reads.
      for (let l = 0; l < sizes.length - 1; l++) a[l]!.copyWithin(kept * sizes[l]!, b * sizes[l]!, (b + 1) * sizes[l]!);
    }
    kept++;
  }
  return kept;

  function isLearned(b: number): boolean {
    for (let k = b * C; k < (b + 1) * C; k++) if (!(Math.abs(errors[k]!) < below)) return false;
    return true;
  }
}
