import { assertArgument } from "../core/assert.ts";

/**
 * Cohen's kappa of two reviewers who judged the same glyphs: (p_o - p_e) / (1 - p_e), p_o the share on which they agree, p_e the share on which they would by
 * chance with their own class frequencies (J. Cohen, "A coefficient of agreement for nominal scales", Educ. Psychol. Meas. 20, 1960).
 * @param counts K x K, row-major: how many glyphs the first called i and the second j
 * @returns null without glyphs, and where both gave one and the same class to all, for then chance explains everything
 */
export function cohenKappa(counts: ArrayLike<number>, K: number): number | null {
  assertArgument(counts.length === K * K, `${K} classes need ${K * K} counts, not ${counts.length}.`);
  const first = new Float64Array(K);
  const second = new Float64Array(K);
  let total = 0;
  let agreed = 0;
  for (let i = 0; i < K; i++) {
    for (let j = 0; j < K; j++) {
      const count = counts[i * K + j];
      assertArgument(count >= 0, `A count cannot be ${count}.`);
      first[i] += count;
      second[j] += count;
      total += count;
      if (i === j) agreed += count;
    }
  }
  if (total === 0) return null;
  let chance = 0;
  for (let k = 0; k < K; k++) chance += (first[k] / total) * (second[k] / total);
  return chance >= 1 ? null : (agreed / total - chance) / (1 - chance);
}

/**
 * Fleiss' kappa of any number of reviewers, not the same ones for each glyph (J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychol.
 * Bull. 76, 1971). Glyphs may have different numbers of votes; each counts by its pairs' share of agreement, those with one vote not at all.
 * @param votes N x K, row-major: how many called glyph n class k
 * @returns null where no glyph has two votes, and where all votes are for one class
 */
export function fleissKappa(votes: ArrayLike<number>, K: number): number | null {
  assertArgument(votes.length % K === 0, `${votes.length} counts are no rows of ${K} classes.`);
  const perClass = new Float64Array(K);
  let all = 0;
  let glyphs = 0;
  let agreement = 0;
  for (let from = 0; from < votes.length; from += K) {
    let own = 0;
    let pairs = 0;
    for (let k = 0; k < K; k++) {
      const count = votes[from + k];
      assertArgument(count >= 0, `A count cannot be ${count}.`);
      own += count;
      pairs += count * (count - 1);
    }
    if (own < 2) continue;
    glyphs++;
    agreement += pairs / (own * (own - 1));
    all += own;
    for (let k = 0; k < K; k++) perClass[k] += votes[from + k];
  }
  if (glyphs === 0) return null;
  const chance = perClass.reduce((sum, count) => sum + (count / all) ** 2, 0);
  return chance >= 1 ? null : (agreement / glyphs - chance) / (1 - chance);
}
