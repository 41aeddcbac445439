import { wholePower } from "../core/whole-power.ts";
import type { Schedule } from "./training-settings.ts";

/**
 * The learning rate at `fraction` of the training in [0, 1]: it rises linearly from 0 over the first `warmUp` of it, then
 *
 *   constant   rate
 *   step       rate factor^n after n times `every` epochs
 *   cosine     final + (rate - final) (1 + cos(pi t)) / 2,  t from 0 to 1     Loshchilov and Hutter 2017, eq. 5, without restarts
 *
 * @param options.epochs of the whole training: with a time budget, `fraction` of them counts as done
 */
export function learningRate(
  fraction: number,
  { rate, schedule, epochs }: { readonly rate: number; readonly schedule: Schedule; readonly epochs: number },
): number {
  const { warmUp } = schedule;
  if (fraction < warmUp) return (rate * fraction) / warmUp;
  switch (schedule.kind) {
    case "constant":
      return rate;
    case "step":
      return rate * wholePower(schedule.factor, Math.floor((Math.min(1, fraction) * epochs) / schedule.every));
    case "cosine": {
      const t = Math.min(1, (fraction - warmUp) / (1 - warmUp));
      const final = Math.min(schedule.final, rate);
      return final + ((rate - final) * (1 + cosine(t))) / 2;
    }
  }
}

/** cos(pi t) for t in [0, 1] = sin(pi (1/2 - t)) by its series, to one unit in the last place: `Math.cos` differs between machines. */
function cosine(t: number): number {
  const x = Math.PI * (0.5 - t);
  let sum = 0;
  // From the smallest term: x (1 - x^2/(2 3) (1 - x^2/(4 5) (...)))
  for (let n = 22; n >= 2; n -= 2) sum = ((x * x) / (n * (n + 1))) * (1 - sum);
  return x * (1 - sum);
}
