import type { BatchLoss, Floats, LossOptions } from "./kernels.ts";
import { softmaxReference } from "./softmax-cross-entropy.reference.ts";

/**
 * p (B x C) = softmax(z (B x C)); loss = 1/2 sum_b,c (p[b,c] - y[b,c])^2; d (B x C) = its gradient by z
 *
 *   d[b,c] = p[b,c] ( e[b,c] - sum_k e[b,k] p[b,k] ),  e = p - y       Rumelhart, Hinton, Williams 1986, eq. 3, through the softmax (Bridle 1990)
 *
 * Half the score of Brier 1950. The outputs go through the softmax as with the cross-entropy, so that they are probabilities and a model is
 * used in one way whatever it was trained with. y as in `softmaxCrossEntropyReference`, also what counts as wrong.
 */
export function softmaxSquaredErrorReference(d: Floats, z: Floats, labels: Uint8Array, { B, C, smoothing = 0 }: LossOptions): BatchLoss {
  let loss = 0;
  let errors = 0;
  const p = new Float64Array(C);
  for (let b = 0; b < B; b++) {
    const row = b * C;
    const label = labels[b]!;
    let best = 0;
    for (let c = 1; c < C; c++) if (z[row + c]! > z[row + best]!) best = c;
    if (best !== label) errors++;
    softmaxReference(p, z.subarray(row, row + C), { B: 1, C });
    const e = p.map((value, c) => value - ((c === label ? 1 - smoothing : 0) + smoothing / C));
    let mean = 0;
    for (let c = 0; c < C; c++) {
      loss += (e[c]! * e[c]!) / 2;
      mean += e[c]! * p[c]!;
    }
    for (let c = 0; c < C; c++) d[row + c] = p[c]! * (e[c]! - mean);
  }
  return { loss, errors };
}
