import { assertArgument } from "../core/assert.ts";
import type { Box } from "../core/geometry.ts";
import type { BinaryImage } from "../image/images.ts";
import { addDots, lacksDot } from "./add-dots.ts";
import { buildLattice, cutFurther, type Lattice, partsBetween, visitPart } from "./build-lattice.ts";
import type { Choice } from "./choose-groups.ts";
import { doubtLoose, findLoose, type LooseInk } from "./find-loose.ts";
import { howToRead } from "./how-to-read.ts";
import { normalizeGlyph } from "./normalize-glyph.ts";
import { type Found, searchGroups } from "./search-groups.ts";
import type { SegmentOptions } from "./segment-options.ts";
import { tidyCuts } from "./tidy-cuts.ts";

/** One character cut out of a field. */
export interface Segment {
  /** All its ink and nothing else, tight. */
  readonly image: BinaryImage;
  /** Of the image's top left corner in the field's image, px. */
  readonly x: number;
  readonly y: number;
  /**
   * Which of the prompt's characters it is. Where their number is another one only of what is surely read as the prompt's; null: an added one, or it may be another.
   */
  readonly position: number | null;
  /** What the search paid for it by its shape and as it was read, in nats: below 1 for a clean character, above 3 doubtful. */
  readonly cost: number;
  /** Whether it may lack a part, or have one of its neighbour's or dirt: it was cut off, ink stands apart in it or beside it, or it is an i or j without its dot. */
  readonly isPartial: boolean;
  /** Whether it is too wide, or of pieces too far apart, for a digit, though read surely: it may have a stroke of its neighbour's. Never of letters. */
  readonly isOddShape: boolean;
  /** Whether it was cut from the next one through their ink, rather than standing apart. */
  readonly cutFromNext: boolean;
  /** Whether that cut follows a stroke much lighter than the usual one: there are many places for such cuts, and pieces that read well among them. */
  readonly isLightCut: boolean;
  /** Whether it may as well be another character of the prompt, or none; of letters only, which are read less surely. */
  readonly isContested: boolean;
}

export interface Segmentation {
  /** From left to right. */
  readonly segments: readonly Segment[];
  /** Whether their number is the expected one. It is never forced: what was added or left out shows here. */
  readonly countMatches: boolean;
  /**
   * The number is the prompt's, but the shapes would have allowed another: where a letter was left out, a broken one counts for two, or one is cut in
   * two, and all labels behind it would be one off. Never where the pieces are read.
   */
  readonly guessed: boolean;
}

/** What a character more or less than the prompt's costs (nats): more than two characters that were cut badly, as their neighbours then are, too. By shape alone there is less evidence. */
const EDIT_COST = 5;
const EDIT_COST_BY_SHAPE = 3;
/**
 * Shapes alone tell a count from one fewer that costs so much more, and from one more that is cheaper by no more than this (letters are often broken); nats.
 * On f1002_33 fewer cost 5.7 and 4.6 more, and more are cheaper by 1.0 and 0.6; with one of 26 left out, fewer are cheaper by 2.5.
 */
const RIVAL_OF_FEWER = 1;
const RIVAL_OF_MORE = 1.2;
/** Of letters that are read: an edit that costs no more would do in place of some that are hardly read as the prompt's. */
const RIVAL_EDIT_COST = 1;
/** Components wider than this over the usual height are cut: at first, and where that does not do. Digits are 0.5 to 0.7 wide, a 1 beside another digit 0.7. */
export const SLICE_ABOVE = [0.95, 0.5] as const;
/** A character that costs no more stands apart and is read as the prompt's; nats. */
const PLAIN = 0.5;
/** Of digits by their shape alone; nats. Of the 390 on three pages of NIST two cost more than 0.5: one with its neighbour's bar 1.13, one with a bar of its own 1.09. */
const ODD_SHAPE = 0.8;
/** What reading costs at most of a character that is surely the prompt's; nats: a probability of 0.6. */
const SURELY_READ = 0.5;
/** A piece that is whole with a probability of a half is in doubt; nats. */
const PARTIAL = 0.7;
/** A character that is read as the prompt's with a lower probability without a piece needs it. */
const NEEDED = 0.5;
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
  const { classifier } = howToRead(options);
  const found = classifier
    ? searchByReading(ink, options)
    : searchGroups(buildLattice(ink, LETTERS), options, { ofEdit: EDIT_COST_BY_SHAPE });
  if (found === null) return NOTHING;
  const { lattice, choice } = found;
  const countMatches = hasNoEdits(choice, expectedCount);
  const guessed = !classifier && countMatches && hasRival(lattice, options, choice.cost);
  const contested = classifier && (!options.classifier || !countMatches) ? listContested(found, options) : [];
  const isSure = countMatches ? null : listSure(found, options);
  const segments = cutOut(ink, found, options).map((segment, i) => {
    const isContested = contested[i] ?? false;
    const position = isSure === null || (isSure[i] && !isContested) ? found.choice.groups[i].position : null;
    return { ...segment, position, isContested: isContested && !options.classifier };
  });
  return { segments, countMatches, guessed };
}

function hasNoEdits({ groups }: Choice, expectedCount: number): boolean {
  return groups.length === expectedCount && groups.every(({ position }, i) => position === i);
}

/**
 * Cuts only what is too wide for one character at first: where all of this is read surely, in the prompt's number, no narrower component need be cut; else those are
 * whose own reading is not sure.
 */
function searchByReading(ink: BinaryImage, options: SegmentOptions): Found | null {
  const build = { sliceAbove: SLICE_ABOVE[0], manyCuts: true };
  const lattice = buildLattice(ink, build);
  const first = searchGroups(lattice, options, { ofEdit: EDIT_COST });
  const plain = first === null ? new Set<number>() : listPlain(first, options);
  if (plain.size === lattice.pieces.length) return first;
  return searchGroups(cutFurther(lattice, { ...build, sliceAbove: SLICE_ABOVE[1] }, plain), options, { ofEdit: EDIT_COST, earlier: first });
}

/** Components that are one character or several of them together, read surely as the prompt's, with the characters beside them where the prompt has them. */
function listPlain({ lattice, choice, steps }: Found, { expectedCount }: SegmentOptions): Set<number> {
  const costs = new Map(steps.map((step) => [`${step.from} ${step.to}`, step]));
  const positions = [-1, ...choice.groups.map(({ position }) => position), expectedCount];
  const plain = new Set<number>();
  for (const [i, { from, to, position }] of choice.groups.entries()) {
    const [before, after] = [lattice.boundaries[from], lattice.boundaries[to]];
    if (before.cut !== null || after.cut !== null || position === null) continue;
    if (positions[i] !== position - 1 || positions[i + 2] !== position + 1 || costs.get(`${from} ${to}`)!.costAt(position) > PLAIN)
      continue;
    for (let piece = before.piece; piece < after.piece; piece++) plain.add(piece);
  }
  return plain;
}

/** Groups that another way through the lattice, hardly dearer, takes for another character of the prompt, or for none: with one left out and another added, all between them are one off. */
function listContested(found: Found, options: SegmentOptions): boolean[] {
  const { lattice, choice } = found;
  const rival = searchGroups(lattice, options, { ofEdit: RIVAL_EDIT_COST, earlier: found })?.choice.groups ?? [];
  const positions = new Map(rival.map(({ from, to, position }) => [`${from} ${to}`, position]));
  return choice.groups.map(({ from, to, position }) => position !== positions.get(`${from} ${to}`));
}

/** Of groups beside an edit: whether each is read as the prompt's character that it stands for, and nothing else. */
function listSure({ choice, steps }: Found, options: SegmentOptions): boolean[] {
  if (howToRead(options).classifier === null || options.prompt === undefined) return choice.groups.map(() => false);
  const costs = new Map(steps.map((step) => [`${step.from} ${step.to}`, step]));
  return choice.groups.map(({ from, to, position }) => {
    const step = costs.get(`${from} ${to}`)!;
    return position !== null && step.costAt(position) - step.shape - step.part <= SURELY_READ;
  });
}

/** Whether one character more or less would fit the ink about as well, if the prompt did not say how many there are. */
function hasRival(lattice: Lattice, options: SegmentOptions, cost: number): boolean {
  const costOf = (expectedCount: number): number =>
    searchGroups(lattice, { ...options, expectedCount }, { ofEdit: Number.POSITIVE_INFINITY })?.choice.cost ?? Number.POSITIVE_INFINITY;
  const { expectedCount } = options;
  return (expectedCount > 1 && costOf(expectedCount - 1) < cost + RIVAL_OF_FEWER) || costOf(expectedCount + 1) < cost - RIVAL_OF_MORE;
}

function cutOut(
  ink: BinaryImage,
  { lattice, choice: { groups }, steps }: Found,
  options: SegmentOptions,
): Omit<Segment, "isContested" | "position">[] {
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
  const cutouts = tidyCuts(ink, owners, shared);
  const letters = groups.map(({ position }) => (position === null ? null : (options.prompt?.[position] ?? null)));
  const dotted = addDots(cutouts, letters, lattice);
  const { strokePx, heightPx } = lattice;
  const loose = dotted.map((cutout, i) => {
    const found = findLoose(cutout, letters[i], heightPx);
    return found !== null && isNeeded(found, letters[i], options) ? null : found;
  });
  const dropped = listDropped(lattice, groups);
  const mayBeOthers = doubtLoose(dotted, { loose, dropped, strokePx, heightPx });
  return dotted.map((cutout, i) => {
    const { from, to, position } = groups[i];
    const { cut } = lattice.boundaries[to];
    const step = costs.get(`${from} ${to}`)!;
    return {
      ...cutout,
      cost: step.costAt(position) - step.part,
      isPartial: step.part > PARTIAL || mayBeOthers[i] || lacksDot(cutout, letters[i]),
      isOddShape: Boolean(options.classifier) && step.shape > ODD_SHAPE,
      cutFromNext: cut !== null,
      isLightCut: cut?.isLight === true,
    };
  });
}

/** Whether a character is read as what it stands for only with the ink that stands apart in it: then it is its own. */
function isNeeded({ without }: LooseInk, letter: string | null, options: SegmentOptions): boolean {
  const { classifier } = howToRead(options);
  if (classifier === null || letter === null) return false;
  return classifier.predict(normalizeGlyph(without), 1)[classifier.classes.indexOf(letter)] < NEEDED;
}

/** Boxes of the components that no group has. */
function listDropped({ boundaries, pieces }: Lattice, groups: Choice["groups"]): Box[] {
  const taken = new Set(
    groups.flatMap(({ from, to }) => {
      const [first, { piece, cut }] = [boundaries[from].piece, boundaries[to]];
      return Array.from({ length: piece - first + (cut === null ? 0 : 1) }, (_, k) => first + k);
    }),
  );
  return pieces.flatMap(({ box }, i) => (taken.has(i) ? [] : [box]));
}
