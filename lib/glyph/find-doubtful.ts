import type { Segment } from "./segment-field.ts";

/** What the search pays for a doubtful character that stands apart, and for either side of a doubtful cut (nats). */
const WHOLE = 3;
const CUT = 0.4;

/**
 * Which characters a person should look at, as they may have been cut wrongly. A classifier reads a character surely that lacks a piece or has one of its
 * neighbour's, so a cut is trusted only where both its sides were cheap: through little ink, in a component as wide as two characters, both read surely.
 * @param segments of one field, from left to right
 */
export function findDoubtful(segments: readonly Pick<Segment, "cost" | "cutFromNext">[]): boolean[] {
  const isDear = segments.map(({ cost }) => cost > CUT);
  const isDoubtfulCut = segments.map(({ cutFromNext }, i) => cutFromNext && (isDear[i] || isDear[i + 1]));
  return segments.map(({ cost }, i) => cost > WHOLE || isDoubtfulCut[i] || (i > 0 && isDoubtfulCut[i - 1]));
}
