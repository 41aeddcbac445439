import { assertArgument } from "../core/assert.ts";
import type { Box } from "../core/geometry.ts";
import type { BinaryImage } from "../image/images.ts";
import { type Atoms, buildAtoms } from "./build-atoms.ts";
import { chooseGroups, type Group } from "./choose-groups.ts";
import { DIGIT_WEIGHTS, groupCost, LETTER_WEIGHTS } from "./group-cost.ts";
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
const MAX_GROUP = 8;

/**
 * Parts a field's writing into characters: connected components, wide ones sliced along paths of little ink, then the cheapest
 * grouping of these pieces (dynamic programming) by shape, by how surely the classifier reads each group, and by the prompt.
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
  const all = buildAtoms(ink, { sliceAbove: options.classifier ? 0.75 : 1.2 });
  if (all.atoms.length === 0) return { segments: [], countMatches: false };
  const costOf = groupCosts(ink.width, all, options);
  const choice = chooseGroups({
    atoms: all.atoms.length,
    maxLength: MAX_GROUP,
    positions: expectedCount,
    ofGroup: costOf,
    ofSkip: (atom) => skipCost(all, atom),
    ofEdit: options.classifier ? EDIT_COST : EDIT_COST_BY_SHAPE,
  });
  if (choice === null) return { segments: [], countMatches: false };
  const countMatches = choice.groups.length === expectedCount && choice.groups.every(({ position }, i) => position === i);
  return { segments: cutOut(ink, all, choice.groups, costOf), countMatches };
}

/** A stray mark is small; a slice of something larger is none. */
function skipCost({ atoms, strokePx }: Atoms, index: number): number {
  const { area, cutBefore, cutAfter } = atoms[index];
  return (cutBefore !== null || cutAfter !== null ? 6 : 0.4) + Math.min(12, (1.1 * area) / (strokePx * strokePx));
}

/** Shape costs, and the classifier's where there is one; all groups that may be are read in one batch. */
function groupCosts(width: number, all: Atoms, options: SegmentOptions): (from: number, to: number, position: number | null) => number {
  const n = all.atoms.length;
  const { classifier, prompt } = options;
  const weights = classifier ? DIGIT_WEIGHTS : LETTER_WEIGHTS;
  const shape = new Float64Array(n * (MAX_GROUP + 1)).fill(Number.POSITIVE_INFINITY);
  const row = new Int32Array(n * (MAX_GROUP + 1)).fill(-1);
  const images: Uint8Array[] = [];
  for (let from = 0; from < n; from++) {
    for (let to = from + 1; to <= Math.min(n, from + MAX_GROUP); to++) {
      const key = from * (MAX_GROUP + 1) + to - from;
      const cost = groupCost(all, from, to, weights);
      if (cost > 14) continue;
      shape[key] = cost;
      if (!classifier) continue;
      row[key] = images.length;
      images.push(normalizeGlyph(groupImage(width, all, { from, to, position: null }).image));
    }
  }
  const k = classifier?.classes.length ?? 0;
  const batch = new Uint8Array(images.length * 784);
  images.forEach((image, i) => {
    batch.set(image, i * 784);
  });
  const probabilities = classifier && images.length > 0 ? classifier.predict(batch, images.length) : new Float32Array(0);
  return (from, to, position) => {
    const key = from * (MAX_GROUP + 1) + to - from;
    if (row[key] < 0) return shape[key];
    const own = probabilities.subarray(row[key] * k, (row[key] + 1) * k);
    let most = 0;
    for (const p of own) most = Math.max(most, p);
    const wanted = position !== null && prompt !== undefined ? (classifier?.classes.indexOf(prompt[position]) ?? -1) : -1;
    // A writer may have copied wrongly, the model may misread: both leave a part of the belief.
    const belief = wanted >= 0 ? 0.65 * own[wanted] + 0.32 * most + 0.03 : 0.97 * most + 0.03;
    return shape[key] - Math.log(belief);
  };
}

function groupImage(width: number, all: Atoms, group: Group): { image: BinaryImage; x: number; y: number } {
  const boxes: readonly Box[] = all.atoms.slice(group.from, group.to).map(({ box }) => box);
  const x = Math.min(...boxes.map((box) => box[0]));
  const y = Math.min(...boxes.map((box) => box[1]));
  const w = Math.max(...boxes.map((box) => box[0] + box[2])) - x;
  const h = Math.max(...boxes.map((box) => box[1] + box[3])) - y;
  const data = new Uint8Array(w * h);
  for (let i = 0; i < h; i++) {
    for (let j = 0; j < w; j++) {
      const owner = all.owners[(y + i) * width + x + j];
      if (owner > group.from && owner <= group.to) data[i * w + j] = 1;
    }
  }
  return { image: { width: w, height: h, data }, x, y };
}

function cutOut(
  ink: BinaryImage,
  all: Atoms,
  groups: readonly Group[],
  costOf: (from: number, to: number, position: number | null) => number,
): Segment[] {
  const owners = new Int32Array(ink.data.length);
  const groupOfAtom = new Int32Array(all.atoms.length + 1);
  groups.forEach(({ from, to }, i) => {
    groupOfAtom.fill(i + 1, from + 1, to + 1);
  });
  for (let px = 0; px < owners.length; px++) owners[px] = groupOfAtom[all.owners[px]];
  return tidyCuts(ink, owners, groups.length).map((cutout, i) => ({
    ...cutout,
    cost: costOf(groups[i].from, groups[i].to, groups[i].position),
  }));
}
