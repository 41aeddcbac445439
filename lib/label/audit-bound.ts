import { assertArgument } from "../core/assert.ts";

/**
 * Upper bound of a collection's share of wrong labels after an audit: the largest share p at which so few errors as were found would still come up with
 * probability 1 - confidence: sum_{i <= k} C(n, i) p^i (1 - p)^(n - i) = 1 - confidence (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934, one-sided).
 * The draw is without replacement, which makes the true bound smaller, never larger.
 * @param wrong k errors found
 * @param checked n labels drawn at random and checked
 * @returns in [0, 1]; 1 where nothing was checked
 * @throws InkformError `invalid-argument`
 */
export function auditBound(wrong: number, checked: number, confidence = 0.95): number {
  assertArgument(
    Number.isInteger(wrong) && Number.isInteger(checked) && wrong >= 0 && wrong <= checked,
    `An audit has whole numbers 0 <= wrong <= checked, not ${wrong} of ${checked}.`,
  );
  assertArgument(confidence > 0 && confidence < 1, `A confidence is between 0 and 1, not ${confidence}.`);
  if (wrong === checked) return 1;
  const alpha = 1 - confidence;
  // The sum falls as p grows.
  let low = wrong / checked;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const p = (low + high) / 2;
    if (binomialCdf(wrong, checked, p) > alpha) low = p;
    else high = p;
  }
  return high;
}

/**
 * How many more labels must be checked, and found right, until the bound is at most `target`.
 * @param target share of wrong labels to be shown, 0.001 for 0.1 %
 */
export function checksLeft(wrong: number, checked: number, target: number, confidence = 0.95): number {
  assertArgument(target > 0 && target < 1, `A target is between 0 and 1, not ${target}.`);
  const shown = (more: number): boolean => auditBound(wrong, checked + more, confidence) <= target;
  if (shown(0)) return 0;
  let high = 1;
  while (!shown(high)) high *= 2;
  let low = high >> 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (shown(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** P(X <= k) for X binomial(n, p), 0 < p < 1, term by term in logs. */
function binomialCdf(k: number, n: number, p: number): number {
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  const logOdds = Math.log(p) - Math.log1p(-p);
  for (let i = 1; i <= k; i++) {
    logTerm += Math.log((n - i + 1) / i) + logOdds;
    sum += Math.exp(logTerm);
  }
  return sum;
}
