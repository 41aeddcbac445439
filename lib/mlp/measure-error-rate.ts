import { type PlacedNetwork, predictNetwork } from "./predict-network.ts";
import type { TrainingSet } from "./training-set.ts";

/** Part of the examples whose most probable class is not their label, a fraction of 1. For the curve; see lib/evaluation for reports. */
export function measureErrorRate(placed: PlacedNetwork, { images, labels }: TrainingSet): number {
  const C = placed.network.sizes.at(-1)!;
  const p = predictNetwork(placed, images, labels.length);
  let errors = 0;
  for (let n = 0; n < labels.length; n++) {
    let best = 0;
    for (let c = 1; c < C; c++) if (p[n * C + c]! > p[n * C + best]!) best = c;
    if (best !== labels[n]) errors++;
  }
  return errors / labels.length;
}
