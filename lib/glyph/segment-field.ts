import { assertArgument } from "../core/assert.ts";
import type { BinaryImage } from "../image/images.ts";
import { buildLattice, type Lattice, partsBetween, visitPart } from "./build-lattice.ts";
import { chooseGroups, type Group, type Step } from "./choose-groups.ts";
import { DIGIT_WEIGHTS, groupCost, LETTER_WEIGHTS } from "./group-cost.ts";
import { drawGroup } from "./group-image.ts";
import { normalizeGlyph } from "./normalize-glyph.ts";
import { tidyCuts } from "./tidy-cuts.ts";

/** A trained model: `images` holds n x 784 bytes; returns n x classes.length probabilities. */
export interface GlyphClassifier {
  readonly classes: readonly string[];
  predict(images: Uint8Array, n: number): Float32Array;
}

export interface SegmentOptions {
  /** How many characters the prompt asks for. */
  readonly expectedCount: number;
  /** The prompt, `expectedCount` characters; leave out where it can't be trusted. */
  readonly prompt?: string;
  /** Leave out for writing that it does not know (letters). */
  readonly classifier?: GlyphClassifier;
}

/** One character cut out of a field. */
export interface Segment {
  /** All its ink and nothing else, tight. */
  readonly image: BinaryImage;
  /** Of the image's top left corner in the field's image, px. */
  readonly x: number;
  readonly y: number;
  /** What the search paid for it, in nats: below 1 for a clean character, above 3 doubtful. */
  readonly cost: number;
}

export interface Segmentation {
  /** From left to right. */
  readonly segments: readonly Segment[];
  /** Whether their number is the expected one. It is never forced: what was added or left out shows here. */
  readonly countMatches: boolean;
}

/** What a character more or less than the prompt's costs (nats); shapes alone are weaker evidence against the prompt. */
const EDIT_COST = 2.6;
const EDIT_COST_BY_SHAPE = 3;
/** A group that costs more by its shape alone is none; nats. */
const MAX_SHAPE_COST = 14;
/** Wider than this many times the usual height is no digit (its shape would cost more), no letter. */
const MAX_WIDTH = 2.2;
const MAX_WIDTH_OF_LETTERS = 3;

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
  const lattice = buildLattice(ink, { sliceAbove: options.classifier ? 0.75 : 1.2, manyCuts: options.classifier !== undefined });
  if (lattice.pieces.length === 0) return { segments: [], countMatches: false };
  const steps = listSteps(lattice, options);
  const choice = chooseGroups({
    boundaries: lattice.boundaries.length,
    steps,
    skips: listSkips(lattice),
    positions: expectedCount,
    ofEdit: options.classifier ? EDIT_COST : EDIT_COST_BY_SHAPE,
  });
  if (choice === null) return { segments: [], countMatches: false };
  const countMatches = choice.groups.length === expectedCount && choice.groups.every(({ position }, i) => position === i);
  return { segments: cutOut(ink, lattice, choice.groups, steps), countMatches };
}

/** A stray mark is small and stands alone. */
function listSkips({ boundaries, pieces, strokePx }: Lattice): { from: number; to: number; cost: number }[] {
  const gaps = boundaries.flatMap(({ cut }, i) => (cut === null ? [i] : []));
  return pieces.map(({ area }, i) => ({ from: gaps[i], to: gaps[i + 1], cost: 0.4 + Math.min(12, (1.1 * area) / (strokePx * strokePx)) }));
}

/** All groups that may be by their shape, with the classifier's opinion of each where there is one, read in one batch. */
function listSteps(lattice: Lattice, { classifier, prompt }: SegmentOptions): Step[] {
  const weights = classifier ? DIGIT_WEIGHTS : LETTER_WEIGHTS;
  const maxWidthPx = (classifier ? MAX_WIDTH : MAX_WIDTH_OF_LETTERS) * lattice.heightPx;
  const n = lattice.boundaries.length;
  const groups: { from: number; to: number; shape: number }[] = [];
  const images: Uint8Array[] = [];
  for (let from = 0; from < n; from++) {
    for (let to = from + 1; to < n; to++) {
      if (endOf(lattice, to) - startOf(lattice, from) > maxWidthPx) continue;
      const parts = partsBetween(lattice, from, to);
      const group = parts && drawGroup(lattice, parts);
      if (!parts || !group) continue;
      const shape = groupCost(lattice, parts, group, weights);
      if (shape > MAX_SHAPE_COST) continue;
      groups.push({ from, to, shape });
      if (classifier) images.push(normalizeGlyph(group.image));
    }
  }
  if (!classifier) return groups.map(({ from, to, shape }) => ({ from, to, costAt: () => shape }));
  const k = classifier.classes.length;
  const batch = new Uint8Array(images.length * 784);
  images.forEach((image, i) => {
    batch.set(image, i * 784);
  });
  const probabilities = images.length > 0 ? classifier.predict(batch, images.length) : new Float32Array(0);
  return groups.map(({ from, to, shape }, i) => {
    const own = probabilities.subarray(i * k, (i + 1) * k);
    const most = own.reduce((a, b) => Math.max(a, b), 0);
    const costAt = (position: number | null): number => {
      const wanted = position !== null && prompt !== undefined ? classifier.classes.indexOf(prompt[position]) : -1;
      // A writer may have copied wrongly, the model may misread: both leave a part of the belief.
      const belief = wanted >= 0 ? 0.65 * own[wanted] + 0.32 * most + 0.03 : 0.97 * most + 0.03;
      return shape - Math.log(belief);
    };
    return { from, to, costAt };
  });
}

/** About where the ink behind a boundary begins, and where the ink before it ends: columns. */
function startOf({ boundaries, pieces }: Lattice, index: number): number {
  const { piece, cut } = boundaries[index];
  return pieces[piece].box[0] + (cut?.meanX ?? 0);
}

function endOf({ boundaries, pieces }: Lattice, index: number): number {
  const { piece, cut } = boundaries[index];
  if (cut !== null) return pieces[piece].box[0] + cut.meanX;
  const [left, , width] = pieces[piece - 1].box;
  return left + width;
}

function cutOut(ink: BinaryImage, lattice: Lattice, groups: readonly Group[], steps: readonly Step[]): Segment[] {
  const owners = new Int32Array(ink.data.length);
  groups.forEach(({ from, to }, i) => {
    for (const part of partsBetween(lattice, from, to) ?? [])
      visitPart(lattice, part, (x, y) => {
        owners[y * ink.width + x] = i + 1;
      });
  });
  const costs = new Map(steps.map((step) => [`${step.from} ${step.to}`, step]));
  return tidyCuts(ink, owners, groups.length).map((cutout, i) => {
    const { from, to, position } = groups[i];
    return { ...cutout, cost: costs.get(`${from} ${to}`)?.costAt(position) ?? 0 };
  });
}
