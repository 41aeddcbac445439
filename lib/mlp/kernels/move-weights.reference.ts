import { type Floats, type UpdateRule, VELOCITY_FLOOR } from "./kernels.ts";

/**
 * Moves weights w by their gradients g; v are velocities, q Adam's second moments. All of a length, and every weight by itself.
 *
 *   momentum    v <- momentum v - rate g,   w <- w + v                     Polyak 1964; Sutskever et al. 2013, eq. 1 and 2
 *   Nesterov    v <- momentum v - rate g,   w <- w + momentum v - rate g   Sutskever et al. 2013, eq. 3 and 4, with w + momentum v kept as w
 *   Adam        v <- beta1 v + (1 - beta1) g,   q <- beta2 q + (1 - beta2) g^2,
 *               w <- w - rate (v / c1) / (sqrt(q / c2) + epsilon),   c = 1 - beta^t        Kingma and Ba 2015, algorithm 1
 *   decay       w <- w - rate decay w, beside the rest                     Loshchilov and Hutter 2019, algorithm 1 and 2
 */
export function moveWeightsReference({ w, v, q, g }: { w: Floats; v: Floats; q?: Floats | undefined; g: Floats }, rule: UpdateRule): void {
  const { rate, momentum, nesterov = false, adam, weightDecay = 0 } = rule;
  const kept = 1 - rate * weightDecay;
  for (let k = 0; k < w.length; k++) {
    if (adam && q) {
      v[k] = flush(momentum * v[k]! + (1 - momentum) * g[k]!);
      q[k] = flush(adam.beta2 * q[k]! + (1 - adam.beta2) * g[k]! * g[k]!);
      w[k] = kept * w[k]! - (rate * (v[k]! / adam.correction1)) / (Math.sqrt(q[k]! / adam.correction2) + adam.epsilon);
    } else {
      v[k] = flush(momentum * v[k]! - rate * g[k]!);
      w[k] = kept * w[k]! + (nesterov ? momentum * v[k]! - rate * g[k]! : v[k]!);
    }
  }
}

/** NaN stays NaN. */
function flush(value: number): number {
  return Math.abs(value) < VELOCITY_FLOOR ? 0 : value;
}
