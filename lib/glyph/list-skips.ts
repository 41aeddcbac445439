import type { Lattice } from "./build-lattice.ts";

/** A component that may be left out: it ends at boundaries `from` and `to`. */
export interface Skip {
  readonly from: number;
  readonly to: number;
  /** Nats. */
  readonly cost: number;
}

/** What leaving out each component costs: a stray mark is small and stands alone, so the more ink beside a pen's dot, the dearer. */
export function listSkips({ boundaries, pieces, strokePx }: Lattice): Skip[] {
  const gaps = boundaries.flatMap(({ cut }, i) => (cut === null ? [i] : []));
  return pieces.map(({ area }, i) => ({ from: gaps[i], to: gaps[i + 1], cost: 0.4 + Math.min(12, (1.1 * area) / (strokePx * strokePx)) }));
}
