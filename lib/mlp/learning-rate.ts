/** The part of a training over which the rate rises from 0. */
const WARM_UP = 0.02;
/** Where the cosine ends. */
const FINAL_RATE = 1e-5;

/**
 * The learning rate at `fraction` of the training in [0, 1]: linear warm-up, then half a cosine down to 1e-5.
 *
 *   rate_t = final + (rate - final) (1 + cos(pi t)) / 2        Loshchilov and Hutter 2017, eq. 5, without restarts
 */
export function learningRate(fraction: number, rate: number): number {
  if (fraction < WARM_UP) return (rate * fraction) / WARM_UP;
  const t = Math.min(1, (fraction - WARM_UP) / (1 - WARM_UP));
  const final = Math.min(FINAL_RATE, rate);
  return final + ((rate - final) * (1 + Math.cos(Math.PI * t))) / 2;
}
