import { assertArgument } from "../core/assert.ts";

/** 97.5 % point of the standard normal. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval of a proportion at 95 % (E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference", JASA 22, 1927, eq. 11). Unlike p +- z sqrt(p q / n) it stays in [0, 1] and is right for few errors.
 * @param errors k, 0 <= k <= n
 * @param count n > 0
 * @returns [low, high], fractions of 1
 */
export function wilsonInterval(errors: number, count: number): [low: number, high: number] {
  assertArgument(
    Number.isInteger(errors) && Number.isInteger(count) && count > 0 && errors >= 0 && errors <= count,
    `An interval needs whole numbers 0 <= errors <= count and count > 0, not ${errors} of ${count}.`,
  );
  const p = errors / count;
  const z2 = Z * Z;
  const centre = (p + z2 / (2 * count)) / (1 + z2 / count);
  const half = (Z / (1 + z2 / count)) * Math.sqrt((p * (1 - p)) / count + z2 / (4 * count * count));
  return [errors === 0 ? 0 : Math.max(0, centre - half), errors === count ? 1 : Math.min(1, centre + half)];
}
