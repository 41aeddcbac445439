import { type Lattice, type Part, partsBetween } from "./build-lattice.ts";
import type { Step } from "./choose-groups.ts";
import { groupCost, leastGroupCost } from "./group-cost.ts";
import { drawGroup, type GroupImage } from "./group-image.ts";
import { howToRead } from "./how-to-read.ts";
import { normalizeGlyph } from "./normalize-glyph.ts";
import type { SegmentOptions } from "./segment-options.ts";
import { measureWhole } from "./whole/measure-whole.ts";
import { sampleView } from "./whole/sample-view.ts";

/** A group that costs more by its shape alone is none; nats. */
const MAX_SHAPE_COST = 14;
/** A probability of being one whole character below this counts as this. */
const LEAST_WHOLE = 0.1;
const PIXELS = 784;

/** A step whose cost is known from below only, until its ink was looked at. */
export interface OpenStep extends Step {
  readonly parts: readonly Part[];
  readonly looked: boolean;
  /** What it costs for its shape alone: at least, or really where it was looked at. */
  readonly shape: number;
  /** Of a piece, what it costs that it may lack a part or have a neighbour's; 0 until it was looked at, and where nothing reads. */
  readonly part: number;
}

/**
 * All groups of ink that may be a character by their place and width. At first each costs the least that it can: looking at all of them (drawing, normalizing,
 * reading) would take a hundred times as long as looking at those that the search asks for.
 */
export function listOpenSteps(lattice: Lattice, options: SegmentOptions): OpenStep[] {
  const { weights, maxWidth } = howToRead(options);
  const maxWidthPx = maxWidth * lattice.heightPx;
  const n = lattice.boundaries.length;
  const steps: OpenStep[] = [];
  for (let from = 0; from < n; from++) {
    for (let to = from + 1; to < n; to++) {
      if (endOf(lattice, to) - startOf(lattice, from) > maxWidthPx) continue;
      const parts = partsBetween(lattice, from, to);
      if (!parts) continue;
      const least = leastGroupCost(lattice, parts, weights);
      if (least <= MAX_SHAPE_COST) steps.push({ from, to, parts, looked: false, shape: least, part: 0, costAt: () => least });
    }
  }
  return steps;
}

/** The same steps with what they really cost: by their shape and, where there is a classifier, by its opinion of each, read in one batch. */
export function lookAtSteps(lattice: Lattice, options: SegmentOptions, steps: readonly OpenStep[]): OpenStep[] {
  const { prompt, expectedCount } = options;
  const { classifier, weights } = howToRead(options);
  const seen = steps.map((step) => {
    const group = drawGroup(lattice, step.parts);
    const shape = group === null ? Number.POSITIVE_INFINITY : groupCost(lattice, step.parts, group, weights);
    return { step, group, shape: shape > MAX_SHAPE_COST ? Number.POSITIVE_INFINITY : shape };
  });
  if (!classifier) return seen.map(({ step, shape }) => ({ ...step, looked: true, shape, costAt: () => shape }));
  const readable = seen.filter(({ shape }) => shape < Number.POSITIVE_INFINITY);
  const batch = new Uint8Array(readable.length * PIXELS);
  for (const [i, { group }] of readable.entries()) batch.set(normalizeGlyph(group!.image), i * PIXELS);
  const parts = readable.map(({ step, group }) => (isCut(step) ? partCost(lattice, group!) : 0));
  const probabilities = readable.length > 0 ? classifier.predict(batch, readable.length) : new Float32Array(0);
  const C = classifier.classes.length;
  const wanted = Array.from({ length: expectedCount }, (_, i) => (prompt === undefined ? -1 : classifier.classes.indexOf(prompt[i])));
  return seen.map(({ step, shape }) => {
    if (shape === Number.POSITIVE_INFINITY) return { ...step, looked: true, shape, costAt: () => shape };
    const i = readable.findIndex((one) => one.step === step);
    const part = weights.part * parts[i];
    const own = probabilities.subarray(i * C, (i + 1) * C);
    const most = own.reduce((a, b) => Math.max(a, b), 0);
    // A writer may have copied wrongly, the model may misread: both leave a part of the belief.
    const costOf = (c: number): number => shape + part - Math.log(c >= 0 ? 0.65 * own[c] + 0.32 * most + 0.03 : 0.97 * most + 0.03);
    const costs = wanted.map(costOf);
    const added = costOf(-1);
    return { ...step, looked: true, shape, part, costAt: (position) => (position === null ? added : costs[position]) };
  });
}

/** What stands apart is whole: only pieces are asked whether they are. */
function isCut({ parts }: OpenStep): boolean {
  return parts.some(({ after, before }) => after !== null || before !== null);
}

function partCost({ ink, heightPx }: Lattice, group: GroupImage): number {
  return -Math.log(Math.max(LEAST_WHOLE, measureWhole(sampleView(ink, group, heightPx))));
}

/** About where the ink behind a boundary begins, and where the ink before it ends: columns. */
function startOf({ boundaries, pieces }: Lattice, index: number): number {
  const { piece, cut } = boundaries[index];
  return pieces[piece].box[0] + (cut?.rightStart ?? 0);
}

function endOf({ boundaries, pieces }: Lattice, index: number): number {
  const { piece, cut } = boundaries[index];
  if (cut !== null) return pieces[piece].box[0] + cut.leftEnd;
  const [left, , width] = pieces[piece - 1].box;
  return left + width;
}
