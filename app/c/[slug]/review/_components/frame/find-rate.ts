/** What was done longer ago says little about the pace now. */
const WINDOW_MS = 180_000;
/** A shorter time would make a fast pair of keys a pace of thousands. */
const LEAST_MS = 5000;

/** Decisions a minute over the last three minutes; null where there are fewer than two. @param moments of decisions in ms, ascending */
export function findRate(moments: readonly number[], now: number): number | null {
  const recent = moments.filter((at) => at > now - WINDOW_MS);
  if (recent.length < 2) return null;
  return recent.length / (Math.max(LEAST_MS, now - recent[0]) / 60_000);
}
