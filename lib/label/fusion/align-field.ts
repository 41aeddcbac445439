/** How a glyph's place relates to the prompt's: the character asked there, the one after it, the one before it, or none. */
export const SHIFTS = { same: 0, next: 1, previous: 2, none: 3 } as const;
export const SHIFT_COUNT = 4;

export interface FieldAlignment {
  /** log of the sum over all slips of their joint probability with what was seen. */
  readonly logLikelihood: number;
  /** Posterior probability that the writer slipped by one place somewhere. */
  readonly slipped: number;
}

/**
 * Sums over the ways a writer can lose the place in a prompt of n characters: no slip; leaving out character i (those after it move one box to
 * the left); writing something else at place i first (those after move one to the right, the last is not written). i < n - 1: at the last place both
 * are a wrong character.
 *
 * A character that stands for no glyph is drawn from the prompts' own frequencies, so that all ways explain the same data.
 *
 * @param seen n x 4, row-major: log P(glyph j and its prompt | shift); what a blank box or a missing prompt gives is in it as well
 * @param unwritten n: log of the frequency of prompt character j
 * @param slipRate prior probability of a slip in a field of at least two places, spread evenly over its 2 (n - 1) ways
 * @param weights n x 4, out: posterior probability of each shift
 */
export function alignField(seen: Float64Array, unwritten: Float64Array, slipRate: number, weights: Float64Array): FieldAlignment {
  const n = unwritten.length;
  const at = (j: number, shift: number): number => seen[j * SHIFT_COUNT + shift];
  // sums[s][j]: of places 0 .. j - 1 under shift s.
  const sums = Array.from({ length: SHIFT_COUNT }, (_, shift) => {
    const sum = new Float64Array(n + 1);
    for (let j = 0; j < n; j++) sum[j + 1] = sum[j] + at(j, shift);
    return sum;
  });
  const [same, next, previous] = sums;
  const ways = Math.max(0, 2 * (n - 1));
  const logs = new Float64Array(1 + ways);
  logs[0] = same[n] + (ways === 0 ? 0 : Math.log1p(-slipRate));
  const logWay = ways === 0 ? 0 : Math.log(slipRate / ways);
  for (let i = 0; i < n - 1; i++) {
    logs[1 + i] = logWay + same[i] + (next[n - 1] - next[i]) + at(n - 1, SHIFTS.none) + unwritten[i];
    logs[n + i] = logWay + same[i] + at(i, SHIFTS.none) + (previous[n] - previous[i + 1]) + unwritten[n - 1];
  }
  const logLikelihood = logSumExp(logs);
  weights.fill(0);
  const none = Math.exp(logs[0] - logLikelihood);
  for (let j = 0; j < n; j++) weights[j * SHIFT_COUNT + SHIFTS.same] = none;
  for (let i = 0; i < n - 1; i++) {
    const skipped = Math.exp(logs[1 + i] - logLikelihood);
    const inserted = Math.exp(logs[n + i] - logLikelihood);
    for (let j = 0; j < n; j++) {
      const row = j * SHIFT_COUNT;
      weights[row + (j < i ? SHIFTS.same : j < n - 1 ? SHIFTS.next : SHIFTS.none)] += skipped;
      weights[row + (j < i ? SHIFTS.same : j === i ? SHIFTS.none : SHIFTS.previous)] += inserted;
    }
  }
  return { logLikelihood, slipped: 1 - none };
}

/** log(sum(exp(x))) without overflow. */
export function logSumExp(x: Float64Array, from = 0, to = x.length): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = from; k < to; k++) if (x[k] > top) top = x[k];
  if (top === Number.NEGATIVE_INFINITY) return top;
  let sum = 0;
  for (let k = from; k < to; k++) sum += Math.exp(x[k] - top);
  return top + Math.log(sum);
}
