import { type BoxInk, describeInk } from "./describe-ink.ts";

/** `unsure`: it may be either, or one character. */
export type Spoiled = "crossed-out" | "overwritten" | "unsure" | null;

interface Logistic {
  readonly bias: number;
  /** By `INK_FEATURES`. */
  readonly weights: readonly number[];
}

interface Rule {
  /** The odds' logarithm that a box was crossed out or written over. */
  readonly isSpoiled: Logistic;
  /** The same that a spoiled one was crossed out. */
  readonly isCrossed: Logistic;
  /** From these on a box is called spoiled, and is in doubt. */
  readonly sure: number;
  readonly doubt: number;
}

// Fitted on half of MNIST's test writers and simulated ones by `npm run bench -- spoiled --fit`, which measures them on the others.
const WITH_OPINION: Rule = {
  isSpoiled: {
    bias: -6.284,
    weights: [5.538, 2.283, 0.653, 0.783, -10.038, 2.975, 1.178, -0.17, 1.359, 1.606, 6.159, -0.324, 3.109, 2.097, 0.232, -0.321, 0.809],
  },
  isCrossed: {
    bias: -13.529,
    weights: [1.335, 5.657, 0.497, -0.458, -25.772, -0.535, 4.779, 3.511, 0.788, -1.056, -5.669, 1.551, 9.755, -4.597, -1.275, 0.072, 0.02],
  },
  sure: 2,
  doubt: -0.6,
};
const BY_SHAPE: Rule = {
  isSpoiled: {
    bias: -8.953,
    weights: [8.525, 3.425, 0.87, 1.413, -9.451, 2.364, 0.178, -0.26, 1.173, 1.211, 8.703, -1.315, 1.152, 0.499, 0.675],
  },
  isCrossed: {
    bias: -9.132,
    weights: [-0.052, 5.14, 0.831, -0.509, -22.066, 0.379, 2.409, 3.105, 0.582, -0.884, -2.518, 2.298, 4.359, -2.191, -0.78],
  },
  sure: 1.2,
  doubt: 0,
};
/**
 * Which boxes were crossed out, scribbled over or overwritten, each judged beside the writer's other boxes on the page: by how much ink there is for the
 * character asked for, its holes and crossings, the strokes' width and the model's opinion (two logistic regressions).
 * @param boxes inked boxes of one writer
 */
export function findSpoiled(boxes: readonly BoxInk[]): Spoiled[] {
  return describeInk(boxes).map((features, i): Spoiled => {
    if (features === null) return null;
    const { isSpoiled, isCrossed, sure, doubt } = boxes[i].prediction === null ? BY_SHAPE : WITH_OPINION;
    const odds = logOdds(isSpoiled, features);
    if (odds < sure) return odds < doubt ? null : "unsure";
    return logOdds(isCrossed, features) > 0 ? "crossed-out" : "overwritten";
  });
}

function logOdds({ bias, weights }: Logistic, features: Float64Array): number {
  return features.reduce((sum, value, k) => sum + value * weights[k], bias);
}
