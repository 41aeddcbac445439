import { InkformError } from "../core/inkform-error.ts";
import type { TrainerSettings } from "./training-settings.ts";

/**
 * What is wrong with the mean loss of an epoch, null where nothing is. A training that works is well below the loss of guessing every class
 * alike after an epoch, or after 200 steps where an epoch is short.
 * @param steps done so far
 */
export function describeDivergence(
  { loss, epoch, steps }: { loss: number; epoch: number; steps: number },
  settings: TrainerSettings,
): string | null {
  const C = settings.sizes.at(-1)!;
  // Cross-entropy of p = 1/C; half the squares of 1 - 1/C and, C - 1 times, of 1/C.
  const guessing = settings.loss === "cross-entropy" ? Math.log(C) : (1 - 1 / C) / 2;
  if (loss <= guessing * (steps < 200 ? 3 : 1.2)) return null;
  return `the mean loss of epoch ${epoch} is ${loss.toPrecision(3)}, where guessing gives ${guessing.toPrecision(3)}`;
}

/** @throws InkformError `invalid-argument`, always */
export function refuseDivergence(what: string, { epoch, rate }: { epoch: number; rate: number }): never {
  throw new InkformError(
    "invalid-argument",
    `The training diverged in epoch ${epoch}: ${what}. Nothing of it was saved. ` +
      `Train again with a learning rate below ${rate}, for instance ${Number((rate / 10).toPrecision(2))}.`,
  );
}
