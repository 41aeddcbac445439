/** Of the boxes that the networks were fitted on so many were spoiled; of a page's, before it is looked at, this share, which weighs as much as so many boxes. */
const FITTED_SHARE = 0.13;
const USUAL_SHARE = 0.01;
const USUAL_WEIGHT = 40;
const ROUNDS = 20;

/**
 * How much likelier than on those pages that the networks were fitted on a box of this page is spoiled, as a logarithm of odds: where nearly none looks
 * spoiled, the one that does may be a clean one that looks so (expectation maximization; Saerens, Latinne and Decaestecker 2002, "Adjusting the outputs of a classifier to new a priori probabilities").
 * @param odds of all boxes of the page, logarithms
 * @returns what to add to each
 */
export function learnShare(odds: readonly number[]): number {
  const toOdds = (share: number): number => Math.log(share / (1 - share));
  let shift = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const spoiled = odds.reduce((sum, value) => sum + 1 / (1 + Math.exp(-value - shift)), 0);
    shift = toOdds((spoiled + USUAL_SHARE * USUAL_WEIGHT) / (odds.length + USUAL_WEIGHT)) - toOdds(FITTED_SHARE);
  }
  return shift;
}
