import type { Rng } from "../core/rng.ts";

const FAMILIES = ["0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"];

/**
 * What a writer makes of a prompt: mostly itself; by `errorRate` another character (of its kind, or a letter's other case), by
 * `blankRate` nothing (null).
 */
export function copyWrongly(prompt: string, rng: Rng, rates: { errorRate: number; blankRate: number }): string | null {
  // The chances are drawn whatever the rates, so that a page at another rate keeps its other characters' luck.
  const blank = rng.float() < rates.blankRate;
  const wrong = rng.float() < rates.errorRate;
  if (blank) return null;
  if (!wrong) return prompt;
  const family = FAMILIES.find((chars) => chars.includes(prompt));
  if (!family) return prompt;
  if (family !== FAMILIES[0] && rng.float() < 0.3) {
    return family === FAMILIES[1] ? prompt.toLowerCase() : prompt.toUpperCase();
  }
  const others = family.replace(prompt, "");
  return others[rng.int(others.length)];
}
