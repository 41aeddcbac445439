import { assertArgument } from "../core/assert.ts";
import type { BinaryImage } from "../image/images.ts";
import { buildLattice, type Lattice, partsBetween, visitPart } from "./build-lattice.ts";
import { type Choice, chooseGroups, type Group, type Step } from "./choose-groups.ts";
import { listSkips } from "./list-skips.ts";
import { listOpenSteps, lookAtSteps, type OpenStep } from "./open-steps.ts";
import type { SegmentOptions } from "./segment-options.ts";
import { tidyCuts } from "./tidy-cuts.ts";

/** One character cut out of a field. */
export interface Segment {
  /** All its ink and nothing else, tight. */
  readonly image: BinaryImage;
  /** Of the image's top left corner in the field's image, px. */
  readonly x: number;
  readonly y: number;
  /** What the search paid for it, in nats: below 1 for a clean character, above 3 doubtful. */
  readonly cost: number;
  /** Whether it was cut from the next one through their ink, rather than standing apart. */
  readonly cutFromNext: boolean;
}

export interface Segmentation {
  /** From left to right. */
  readonly segments: readonly Segment[];
  /** Whether their number is the expected one. It is never forced: what was added or left out shows here. */
  readonly countMatches: boolean;
  /**
   * The number is the prompt's, but the shapes would have allowed another: where a letter was left out, a broken one counts for two, or one is cut in
   * two, and all labels behind it would be one off. Never with a classifier, which reads the pieces.
   */
  readonly guessed: boolean;
}

interface Found {
  readonly lattice: Lattice;
  readonly choice: Choice;
  readonly steps: readonly OpenStep[];
}

/** What a character more or less than the prompt's costs (nats); shapes alone are weaker evidence against the prompt. */
const EDIT_COST = 2.6;
const EDIT_COST_BY_SHAPE = 3;
/**
 * Shapes alone tell a count from one fewer that costs so much more, and from one more that is cheaper by no more than this (letters are often broken); nats.
 * On f1002_33 fewer cost 5.7 and 4.6 more, and more are cheaper by 1.0 and 0.6; with one of 26 left out, fewer are cheaper by 2.5.
 */
const RIVAL_OF_FEWER = 1;
const RIVAL_OF_MORE = 1.2;
/** Components wider than this over the usual height are cut: at first, and where that does not do. Digits are 0.5 to 0.7 wide, a 1 beside another digit 0.7. */
export const SLICE_ABOVE = [0.95, 0.5] as const;
/** A character that costs no more stands apart and is read as the prompt's; nats. */
const PLAIN = 0.5;
const LETTERS = { sliceAbove: 1.2, manyCuts: false };
const NOTHING: Segmentation = { segments: [], countMatches: false, guessed: false };

/**
 * Parts a field's writing into characters: between connected components, and through wide ones along any of many paths of little
 * ink; the cheapest choice of these (dynamic programming) by shape, by how surely the classifier reads each group, and by the prompt.
 * An isolated character comes out as exactly its component's px. Specks and stray marks are left out.
 */
export function segmentField(ink: BinaryImage, options: SegmentOptions): Segmentation {
  const { expectedCount, prompt } = options;
  assertArgument(
    Number.isInteger(expectedCount) && expectedCount >= 1,
    `segmentField needs expectedCount of at least 1, got ${expectedCount}`,
  );
  assertArgument(
    prompt === undefined || prompt.length === expectedCount,
    `the prompt must have expectedCount = ${expectedCount} characters, got "${prompt}"`,
  );
  const found = options.classifier ? searchByReading(ink, options) : searchIn(buildLattice(ink, LETTERS), options, EDIT_COST_BY_SHAPE);
  if (found === null) return NOTHING;
  const { lattice, choice, steps } = found;
  const countMatches = choice.groups.length === expectedCount && choice.groups.every(({ position }, i) => position === i);
  const guessed = !options.classifier && countMatches && hasRival(lattice, options, choice.cost);
  return { segments: cutOut(ink, lattice, choice.groups, steps), countMatches, guessed };
}

/**
 * Cuts only what is too wide for one character at first: where all of this is read surely, in the prompt's number, no narrower component need be cut.
 */
function searchByReading(ink: BinaryImage, options: SegmentOptions): Found | null {
  const searchAbove = (sliceAbove: number): Found | null => searchIn(buildLattice(ink, { sliceAbove, manyCuts: true }), options, EDIT_COST);
  const first = searchAbove(SLICE_ABOVE[0]);
  return first !== null && isPlain(first, options) ? first : searchAbove(SLICE_ABOVE[1]);
}

function isPlain({ lattice, choice, steps }: Found, { expectedCount }: SegmentOptions): boolean {
  const costs = new Map(steps.map((step) => [`${step.from} ${step.to}`, step]));
  return (
    choice.groups.length === expectedCount &&
    choice.groups.every(
      ({ from, to, position }, i) =>
        position === i && lattice.boundaries[to].cut === null && costs.get(`${from} ${to}`)!.costAt(position) <= PLAIN,
    )
  );
}

/** Whether one character more or less would fit the ink about as well, if the prompt did not say how many there are. */
function hasRival(lattice: Lattice, options: SegmentOptions, cost: number): boolean {
  const costOf = (expectedCount: number): number =>
    searchIn(lattice, { ...options, expectedCount }, Number.POSITIVE_INFINITY)?.choice.cost ?? Number.POSITIVE_INFINITY;
  const { expectedCount } = options;
  return (expectedCount > 1 && costOf(expectedCount - 1) < cost + RIVAL_OF_FEWER) || costOf(expectedCount + 1) < cost - RIVAL_OF_MORE;
}

/**
 * The cheapest choice of groups. A group's cost is known from below before its ink is looked at; so the cheapest choice by these bounds is looked at, and chosen anew, until
 * all groups of the cheapest choice have been looked at: then no other can be cheaper, as all that are left open cost more still.
 */
function searchIn(lattice: Lattice, options: SegmentOptions, ofEdit: number): Found | null {
  if (lattice.pieces.length === 0) return null;
  const steps = listOpenSteps(lattice, options);
  const placeOf = new Map(steps.map(({ from, to }, i) => [`${from} ${to}`, i]));
  const skips = listSkips(lattice);
  for (;;) {
    const choice = chooseGroups({
      boundaries: lattice.boundaries.length,
      steps,
      skips,
      positions: options.expectedCount,
      ofEdit,
    });
    if (choice === null) return null;
    const open = choice.groups.map(({ from, to }) => steps[placeOf.get(`${from} ${to}`)!]).filter(({ looked }) => !looked);
    if (open.length === 0) return { lattice, choice, steps };
    for (const step of lookAtSteps(lattice, options, open)) steps[placeOf.get(`${step.from} ${step.to}`)!] = step;
  }
}

function cutOut(ink: BinaryImage, lattice: Lattice, groups: readonly Group[], steps: readonly Step[]): Segment[] {
  const owners = new Int32Array(ink.data.length);
  const shared: number[][] = groups.map(() => []);
  groups.forEach(({ from, to }, i) => {
    for (const part of partsBetween(lattice, from, to) ?? [])
      visitPart(lattice, part, (x, y, isOwn) => {
        if (isOwn) owners[y * ink.width + x] = i + 1;
        else shared[i].push(y * ink.width + x);
      });
  });
  const costs = new Map(steps.map((step) => [`${step.from} ${step.to}`, step]));
  return tidyCuts(ink, owners, shared).map((cutout, i) => {
    const { from, to, position } = groups[i];
    return { ...cutout, cost: costs.get(`${from} ${to}`)?.costAt(position) ?? 0, cutFromNext: lattice.boundaries[to].cut !== null };
  });
}
