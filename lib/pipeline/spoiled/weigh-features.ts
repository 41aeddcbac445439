import { unpackSmallNet } from "../../core/unpack-small-net.ts";
import { openSmallNet } from "../../image/open-small-net.ts";
import type { DescribedInk, InkKind } from "../describe-ink.ts";
import { FEATURE_NET_HIDDEN, FEATURE_WEIGHTS } from "./feature-weights.ts";

/** Outputs of the networks in their order. */
export const FEATURE_CLASSES = ["one", "crossed-out", "overwritten"] as const;

/** Logarithms of odds: that a box was crossed out or written over, and that one that was is crossed out. */
export interface SpoiledOdds {
  readonly spoiled: number;
  readonly crossed: number;
}

/** No surer than this, either way. */
const LEAST = 1e-6;

const known = new Map<InkKind, ReturnType<typeof openSmallNet>>();

/** What a box's features say, by a small network for each kind. */
export function weighFeatures({ kind, features }: DescribedInk): SpoiledOdds {
  const { means, spreads, weights } = FEATURE_WEIGHTS[kind];
  const size = { inputs: means.length, hidden: FEATURE_NET_HIDDEN, outputs: FEATURE_CLASSES.length };
  const run = known.get(kind) ?? openSmallNet(unpackSmallNet(weights, size));
  known.set(kind, run);
  const [one, crossed, overwritten] = run(Float32Array.from(features, (value, k) => (value - means[k]) / spreads[k]));
  return {
    spoiled: Math.log((crossed + overwritten + LEAST) / (one + LEAST)),
    crossed: Math.log((crossed + LEAST) / (overwritten + LEAST)),
  };
}
