import type { Segment } from "./segment-field.ts";

/** What the search pays for a doubtful character that stands apart, and for either side of a doubtful cut (nats). */
const WHOLE = 3;
const CUT = 0.25;
/** A piece this dear beside a cut is hardly one character: then its neighbour may have a part of it, or be two. */
const NO_CHARACTER = 1.2;

/**
 * Which characters a person should look at, as they may have been cut wrongly. A classifier reads a character surely that lacks a piece or has one of its
 * neighbour's, so a cut is trusted only where both its sides were cheap: through little ink, in a component as wide as two characters, both read surely, and where it does not rest
 * on a light stroke.
 * @param segments of one field, from left to right
 */
export function findDoubtful(
  segments: readonly (Pick<Segment, "cost" | "cutFromNext"> &
    Partial<Pick<Segment, "isContested" | "isLightCut" | "isOddShape" | "isPartial">>)[],
): boolean[] {
  const isCut = segments.map(({ cutFromNext }, i) => cutFromNext || (i > 0 && segments[i - 1].cutFromNext));
  const isDoubtfulCut = segments.map(
    ({ cost, cutFromNext, isLightCut = false }, i) => cutFromNext && (isLightCut || Math.max(cost, segments[i + 1]?.cost ?? 0) > CUT),
  );
  const isNone = segments.map(({ cost }, i) => isCut[i] && cost > NO_CHARACTER);
  return segments.map(
    ({ cost, isContested = false, isOddShape = false, isPartial = false }, i) =>
      isContested ||
      isPartial ||
      isOddShape ||
      cost > WHOLE ||
      isDoubtfulCut[i] ||
      (i > 0 && isDoubtfulCut[i - 1]) ||
      (i > 0 && isNone[i - 1]) ||
      isNone[i + 1] === true,
  );
}
