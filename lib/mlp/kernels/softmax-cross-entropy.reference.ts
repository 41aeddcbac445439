import type { BatchLoss, Floats, LossOptions } from "./kernels.ts";

/**
 * p (B x C) = softmax(z (B x C)); loss = - sum_b,c y[b,c] ln p[b,c]; d (B x C) = its gradient by z
 *
 *   p[b,c] = exp(z[b,c] - m_b) / sum_k exp(z[b,k] - m_b),  m_b = max_c z[b,c]
 *   y[b,c] = (1 - smoothing) [c = label_b] + smoothing / C       Szegedy et al. 2016, section 7
 *   d[b,c] = p[b,c] - y[b,c]                           Bishop 2006, eq. 4.62, 4.108, 4.109
 *
 * An example counts as wrong where its label is not the first largest z.
 */
export function softmaxCrossEntropyReference(d: Floats, z: Floats, labels: Uint8Array, { B, C, smoothing = 0 }: LossOptions): BatchLoss {
  let loss = 0;
  let errors = 0;
  for (let b = 0; b < B; b++) {
    const row = b * C;
    const label = labels[b]!;
    let best = 0;
    for (let c = 1; c < C; c++) if (z[row + c]! > z[row + best]!) best = c;
    const m = z[row + best]!;
    let sum = 0;
    let margins = 0;
    for (let c = 0; c < C; c++) {
      sum += Math.exp(z[row + c]! - m);
      margins += z[row + c]! - m;
    }
    // ln p as a difference: exact where p itself would round to zero. sum_c y[c] ln p[c] = sum_c y[c] (z[c] - m) - ln sum, as the y add up to 1.
    loss += Math.log(sum) - ((1 - smoothing) * (z[row + label]! - m) + (smoothing / C) * margins);
    if (best !== label) errors++;
    for (let c = 0; c < C; c++) {
      d[row + c] = Math.exp(z[row + c]! - m) / sum - ((c === label ? 1 - smoothing : 0) + smoothing / C);
    }
  }
  return { loss, errors };
}

/** p (B x C) = softmax(z (B x C)), formula as above. p may be z. */
export function softmaxReference(p: Floats, z: Floats, { B, C }: { B: number; C: number }): void {
  for (let b = 0; b < B; b++) {
    const row = b * C;
    let m = z[row]!;
    for (let c = 1; c < C; c++) m = Math.max(m, z[row + c]!);
    let sum = 0;
    for (let c = 0; c < C; c++) sum += Math.exp(z[row + c]! - m);
    for (let c = 0; c < C; c++) p[row + c] = Math.exp(z[row + c]! - m) / sum;
  }
}
