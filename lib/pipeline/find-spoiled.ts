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
    bias: -7.536,
    weights: [4.401, 2.488, 0.63, 0.816, -10.762, 3.373, 1.981, 0.146, 1.188, 1.686, 5.941, -0.486, 3.676, 2.851, -0.216, -0.738, 0.788],
  },
  isCrossed: {
    bias: -12.313,
    weights: [4.235, 4.93, 0.611, -0.557, -25.543, -0.423, 4.279, 3.194, 0.829, -1.102, -5.175, 1.17, 5.534, -4.786, -1.316, 0.125, 0.009],
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
/** Median of the odds' logarithm over a page of clean writing: -5.8 at 150 dpi in grey, -2.2 on a ragged 1-bit page. */
const USUAL_ODDS = -6;

/**
 * Which boxes were crossed out, scribbled over or overwritten, each judged beside the writer's other boxes on the page: by how much ink there is for the
 * character asked for, its holes and crossings, the strokes' width and the model's opinion (two logistic regressions).
 * @param boxes inked boxes of one writer
 */
export function findSpoiled(boxes: readonly BoxInk[]): Spoiled[] {
  const described = describeInk(boxes);
  const odds = described.map((features, i) => (features === null ? null : logOdds(ruleOf(boxes[i]).isSpoiled, features)));
  const known = odds.filter((value) => value !== null).sort((x, y) => x - y);
  // Most boxes of a page are clean: where theirs are high, as with ragged strokes of a coarse 1-bit scan, all are.
  const excess = Math.max(0, (known[known.length >> 1] ?? USUAL_ODDS) - USUAL_ODDS);
  return described.map((features, i): Spoiled => {
    if (features === null) return null;
    const { isCrossed, sure, doubt } = ruleOf(boxes[i]);
    const beyond = odds[i]! - excess;
    if (beyond < sure) return beyond < doubt ? null : "unsure";
    return logOdds(isCrossed, features) > 0 ? "crossed-out" : "overwritten";
  });
}

function ruleOf({ prediction }: BoxInk): Rule {
  return prediction === null ? BY_SHAPE : WITH_OPINION;
}

function logOdds({ bias, weights }: Logistic, features: Float64Array): number {
  return features.reduce((sum, value, k) => sum + value * weights[k], bias);
}
