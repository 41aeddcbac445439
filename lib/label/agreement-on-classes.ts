import { assertArgument } from "../core/assert.ts";

export interface ClassAgreement {
  /** Glyphs with two votes or more of which somebody said the class; and those of them of which all did. */
  readonly glyphs: number;
  readonly agreed: number;
  /** (P - p) / (1 - p): P the share, among the other votes on glyphs that a vote calls so, of those that call it so too; p the class's share of all votes. */
  readonly kappa: number | null;
}

/**
 * How far reviewers agree on each class (J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychol. Bull. 76, 1971, on single
 * categories). Glyphs may have different numbers of votes; those with one vote do not count.
 * @param votes N x K, row-major: how many called glyph n class k
 * @returns K; kappa is null of a class that nobody or everybody voted for
 */
export function agreementOnClasses(votes: ArrayLike<number>, K: number): ClassAgreement[] {
  assertArgument(votes.length % K === 0, `${votes.length} counts are no rows of ${K} classes.`);
  const glyphs = new Int32Array(K);
  const agreed = new Int32Array(K);
  const said = new Float64Array(K);
  const saidToo = new Float64Array(K);
  let all = 0;
  for (let from = 0; from < votes.length; from += K) {
    let own = 0;
    for (let k = 0; k < K; k++) own += votes[from + k];
    if (own < 2) continue;
    all += own;
    for (let k = 0; k < K; k++) {
      const count = votes[from + k];
      if (count === 0) continue;
      glyphs[k]++;
      if (count === own) agreed[k]++;
      said[k] += count;
      saidToo[k] += (count * (count - 1)) / (own - 1);
    }
  }
  return Array.from({ length: K }, (_, k) => {
    const chance = said[k] / all;
    const kappa = said[k] > 0 && chance < 1 ? (saidToo[k] / said[k] - chance) / (1 - chance) : null;
    return { glyphs: glyphs[k], agreed: agreed[k], kappa };
  });
}
