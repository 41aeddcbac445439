import type { Floats } from "./kernels.ts";

/**
 * Shortens the weights that enter a unit, column o of w (I x O), where they are longer than maxNorm.
 *
 *   w[.,o] <- w[.,o] min(1, maxNorm / |w[.,o]|)        Srivastava et al. 2014, section 5.1
 */
export function limitNormsReference(w: Floats, { I, O, maxNorm }: { I: number; O: number; maxNorm: number }): void {
  for (let o = 0; o < O; o++) {
    let squares = 0;
    for (let i = 0; i < I; i++) squares += w[i * O + o]! * w[i * O + o]!;
    const scale = Math.min(1, maxNorm / Math.sqrt(squares));
    if (scale < 1) for (let i = 0; i < I; i++) w[i * O + o] = w[i * O + o]! * scale;
  }
}
