import { assertArgument } from "../../core/assert.ts";

/**
 * The class with most votes, for each glyph; of equal ones the one of the vote that comes first. What fusion is compared with.
 * @param votes for each glyph its votes, in order of precedence; none is no class
 * @returns -1 where nobody voted
 */
export function majorityVote(votes: readonly (readonly number[])[]): Int32Array {
  return Int32Array.from(votes, (own) => {
    const counts = new Map<number, number>();
    for (const value of own) {
      assertArgument(Number.isInteger(value) && value >= 0, `A vote is a class number, not ${value}.`);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    let best = -1;
    let most = 0;
    // A Map keeps the order of first appearance.
    for (const [value, count] of counts) if (count > most) [best, most] = [value, count];
    return best;
  });
}
