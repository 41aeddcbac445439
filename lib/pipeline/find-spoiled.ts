import { type BoxInk, describeInk, type InkKind } from "./describe-ink.ts";
import { learnShare } from "./spoiled/learn-share.ts";
import { weighFeatures } from "./spoiled/weigh-features.ts";

/** `unsure`: it may be either, or one character. */
export type Spoiled = "crossed-out" | "overwritten" | "unsure" | null;

/** From these odds (their logarithm) on a box is called spoiled, and is in doubt. */
const LIMITS: Readonly<Record<InkKind, { readonly sure: number; readonly doubt: number }>> = {
  digit: { sure: 1.4, doubt: -1 },
  letter: { sure: 1.5, doubt: -1.5 },
  shape: { sure: 1.5, doubt: -1.5 },
};
/** Median of the odds' logarithm over a page of clean writing: -9.4 as a median over writers; more on a ragged 1-bit page. */
const USUAL_ODDS = -9;

/**
 * Which boxes were crossed out, scribbled over or overwritten, each judged beside the writer's other boxes on the page: by the shape of its ink, by how much there is
 * for the character asked for, its holes and crossings, the strokes' width and how surely it is read.
 * @param boxes inked boxes of one writer
 */
export function findSpoiled(boxes: readonly BoxInk[]): Spoiled[] {
  const judged = describeInk(boxes).map((ink) => ink && { ...weighFeatures(ink), ...LIMITS[ink.kind] });
  const known = judged.flatMap((one) => (one === null ? [] : [one.spoiled])).sort((x, y) => x - y);
  // Most boxes of a page are clean: where theirs are high, as with ragged strokes of a coarse 1-bit scan, all are.
  const excess = Math.max(0, (known[known.length >> 1] ?? USUAL_ODDS) - USUAL_ODDS);
  const beyond = judged.map((one) => (one === null ? null : one.spoiled - excess));
  const shift = learnShare(beyond.flatMap((odds) => (odds === null ? [] : [odds])));
  return judged.map((one, i): Spoiled => {
    const odds = beyond[i];
    if (one === null || odds === null) return null;
    if (odds + shift < one.sure) return odds < one.doubt ? null : "unsure";
    return one.crossed > 0 ? "crossed-out" : "overwritten";
  });
}
