import { sortedNumbers } from "../core/sorted-numbers.ts";
import { LETTER_READER } from "../glyph/letters/letter-reader.ts";
import { normalizeInk } from "../glyph/normalize-ink.ts";
import type { BinaryImage } from "../image/images.ts";
import { type InkMeasures, measureInk } from "./measure-ink.ts";
import type { Prediction } from "./page-reading.ts";
import { judgeShape } from "./spoiled/judge-shape.ts";
import { USUAL_INK } from "./usual-ink.ts";

/** One box's ink with what is known of it. */
export interface BoxInk {
  readonly image: BinaryImage;
  readonly prompt: string;
  readonly prediction: Prediction | null;
}

/** What a box is judged by: the model's opinion, the letter network's, or its shape alone. */
export type InkKind = "digit" | "letter" | "shape";

/** A box's ink in numbers. */
export interface DescribedInk {
  readonly kind: InkKind;
  /** By `INK_FEATURES`. */
  readonly features: Float64Array;
}

/** In this order; the last two are missing of kind "shape". */
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
  "odds by the network's look at the shape",
  "its odds that it was crossed out",
  "probability of the prompt",
  "doubt of what reads it",
] as const;

/** So many other boxes of the same character tell how the writer writes it. */
const ENOUGH = 3;
/** From this on what is read is taken for what was written, not the prompt; of a letter, whose size has to fit as well, from the second. */
const SURE = 0.97;
const SURE_LETTER = 0.8;
/** More pieces than this in a row say no more. */
const MOST_RUNS = 6;
/** Where the writer's own are too few. */
const USUAL_RUNS = 1.5;
const LETTER = /^[A-Za-z]$/;

/**
 * Numbers that tell a character from one that was crossed out or written over: what its ink amounts to beside the writer's other boxes, beside
 * those of the same character where there are enough, and how surely it is read. Lengths are compared as logarithms.
 * @param boxes inked boxes of one writer
 * @returns null where nothing is known of how such a character is usually written
 */
export function describeInk(boxes: readonly BoxInk[]): (DescribedInk | null)[] {
  const shapes = boxes.map((box) => judgeShape(box.image));
  const opinions = boxes.map((box) => box.prediction ?? readLetter(box));
  const measured = boxes.map((box) => measureInk(box.image));
  const lengthAs = (char: string, k: number): number => measured[k].strokeLengthPx / (USUAL_INK[char]?.length ?? 1);
  const usualLength = median(boxes.map(({ prompt }, k) => lengthAs(prompt, k)));
  const inks = measured.map((ink, k) => {
    const chars = likely(boxes[k].prompt, opinions[k]);
    return { ...ink, char: chars.reduce((a, b) => (misfit(lengthAs(b, k) / usualLength) < misfit(lengthAs(a, k) / usualLength) ? b : a)) };
  });
  const lengths = inks.map(({ char }, k) => lengthAs(char, k));
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
    const features = Float64Array.of(
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
      shapes[i].spoiled,
      shapes[i].crossed,
      ...describeOpinion(boxes[i].prompt, opinions[i]),
    );
    return { kind: boxes[i].prediction !== null ? "digit" : opinions[i] !== null ? "letter" : "shape", features };
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

/** What the letter network makes of a box that asks for a letter: of capitals and small letters one opinion, in the prompt's size where it is the prompt's letter. */
function readLetter({ image, prompt }: BoxInk): Prediction | null {
  if (!LETTER.test(prompt)) return null;
  const { classes, predict } = LETTER_READER;
  const p = predict(normalizeInk(image), 1);
  const best = p.indexOf(Math.max(...p));
  const isPrompt = classes[best].toLowerCase() === prompt.toLowerCase();
  return { label: isPrompt ? prompt : classes[best], probability: p[best] };
}

/** What a box may hold: a character copied wrongly is compared with what is surely read, a letter in either size. */
function likely(prompt: string, opinion: Prediction | null): string[] {
  if (opinion === null) return [prompt];
  const { label, probability } = opinion;
  if (!LETTER.test(label)) return [probability >= SURE ? label : prompt];
  return probability >= SURE_LETTER ? [prompt, label.toLowerCase(), label.toUpperCase()] : [prompt];
}

function misfit(ratio: number): number {
  return Math.abs(Math.log(ratio));
}

function describeOpinion(prompt: string, opinion: Prediction | null): number[] {
  if (opinion === null) return [];
  const { label, probability } = opinion;
  return [Math.log(Math.max(1e-3, label === prompt ? probability : 1 - probability)), Math.log(1.001 - Math.min(1, probability))];
}

function size({ width, height }: InkMeasures): number {
  return Math.max(width, height);
}

function median(values: readonly number[]): number {
  return sortedNumbers(values)[values.length >> 1] ?? 0;
}
