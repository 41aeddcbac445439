import { sortedNumbers } from "../core/sorted-numbers.ts";
import type { BinaryImage } from "../image/images.ts";
import { type InkMeasures, measureInk } from "./measure-ink.ts";
import type { Prediction } from "./page-reading.ts";
import { USUAL_INK } from "./usual-ink.ts";

/** One box's ink with what is known of it. */
export interface BoxInk {
  readonly image: BinaryImage;
  readonly prompt: string;
  readonly prediction: Prediction | null;
}

/** What `describeInk` gives of each box, in this order; the last two only where there is an opinion. */
export const INK_FEATURES = [
  "stroke length beside the writer's usual",
  "stroke length beside the writer's of this character",
  "holes",
  "holes beyond the usual",
  "share of holes",
  "density",
  "pieces in a row",
  "pieces in a column",
  "most pieces in a row",
  "most pieces in a column",
  "stroke width beside the writer's usual",
  "width over height",
  "size beside the writer's usual",
  "pieces in a row beyond the usual",
  "pieces in a column beyond the usual",
  "probability of the prompt",
  "doubt of the model",
] as const;

/** So many other boxes of the same character tell how the writer writes it. */
const ENOUGH = 3;
const SURE = 0.97;
/** More pieces than this in a row say no more. */
const MOST_RUNS = 6;
/** Where the writer's own are too few. */
const USUAL_RUNS = 1.5;

/**
 * Numbers that tell a character from one that was crossed out or written over: what its ink amounts to beside the writer's other boxes, beside
 * those of the same character where there are enough, and how sure the model is. Lengths are compared as logarithms.
 * @param boxes inked boxes of one writer
 * @returns for each box numbers by `INK_FEATURES`; null where nothing is known of how such a character is usually written
 */
export function describeInk(boxes: readonly BoxInk[]): (Float64Array | null)[] {
  const inks = boxes.map((box) => ({ ...measureInk(box.image), char: likely(box) }));
  const lengths = inks.map(({ strokeLengthPx, char }) => strokeLengthPx / (USUAL_INK[char]?.length ?? 1));
  const usual = {
    length: median(lengths),
    strokePx: median(inks.map(({ strokePx }) => strokePx)),
    size: median(inks.map(size)),
  };
  const places = new Map<string, number[]>();
  for (const [i, { char }] of inks.entries()) places.set(char, [...(places.get(char) ?? []), i]);
  const sorted = new Map(
    [...places].map(([char, own]) => [
      char,
      sortEach(
        own.map((k) => inks[k]),
        own.map((k) => lengths[k]),
      ),
    ]),
  );
  return inks.map((ink, i) => {
    const same = sorted.get(ink.char)!;
    const known = same.lengths.length > ENOUGH;
    const table = USUAL_INK[ink.char];
    if (!known && table === undefined) return null;
    const own = (of: keyof typeof same, mine: number, otherwise: number): number => (known ? medianWithout(same[of], mine) : otherwise);
    const besideOwn = Math.log(lengths[i] / own("lengths", lengths[i], usual.length));
    return Float64Array.of(
      table === undefined ? besideOwn : Math.min(besideOwn, Math.log(lengths[i] / usual.length)),
      besideOwn,
      ink.holes,
      ink.holes - own("holes", ink.holes, table?.holes ?? 0),
      ink.holeShare,
      Math.log(ink.density),
      ink.rowRuns,
      ink.columnRuns,
      Math.min(MOST_RUNS, ink.mostRowRuns),
      Math.min(MOST_RUNS, ink.mostColumnRuns),
      Math.log(ink.strokePx / usual.strokePx),
      Math.log(ink.width / ink.height),
      Math.log(size(ink) / usual.size),
      ink.rowRuns - own("rowRuns", ink.rowRuns, USUAL_RUNS),
      ink.columnRuns - own("columnRuns", ink.columnRuns, USUAL_RUNS),
      ...opinion(boxes[i]),
    );
  });
}

/** What boxes of one character are compared by, each in ascending order. */
function sortEach(inks: readonly InkMeasures[], lengths: readonly number[]) {
  return {
    lengths: sortedNumbers(lengths),
    holes: sortedNumbers(inks.map(({ holes }) => holes)),
    rowRuns: sortedNumbers(inks.map(({ rowRuns }) => rowRuns)),
    columnRuns: sortedNumbers(inks.map(({ columnRuns }) => columnRuns)),
  };
}

/** The median of all but one of the values. @param sorted at least two, `left` among them */
function medianWithout(sorted: Float64Array, left: number): number {
  const middle = (sorted.length - 1) >> 1;
  return sorted[sorted.indexOf(left) <= middle ? middle + 1 : middle];
}

/** A character copied wrongly is compared with what the model surely reads. */
function likely({ prompt, prediction }: BoxInk): string {
  return prediction !== null && prediction.probability >= SURE ? prediction.label : prompt;
}

function opinion({ prompt, prediction }: BoxInk): number[] {
  if (prediction === null) return [];
  const { label, probability } = prediction;
  return [Math.log(Math.max(1e-3, label === prompt ? probability : 1 - probability)), Math.log(1.001 - probability)];
}

function size({ width, height }: InkMeasures): number {
  return Math.max(width, height);
}

function median(values: readonly number[]): number {
  return sortedNumbers(values)[values.length >> 1] ?? 0;
}
