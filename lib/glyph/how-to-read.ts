import { DIGIT_WEIGHTS, LETTER_WEIGHTS, READ_LETTER_WEIGHTS, type ShapeWeights } from "./group-cost.ts";
import { LETTER_READER } from "./letters/letter-reader.ts";
import type { GlyphClassifier, SegmentOptions } from "./segment-options.ts";

/** By what a field's pieces are judged. */
export interface HowToRead {
  /** Null: by their shape alone. */
  readonly classifier: GlyphClassifier | null;
  readonly weights: ShapeWeights;
  /** No character is wider than this many times the usual height. */
  readonly maxWidth: number;
}

const LETTER = /^\p{L}+$/u;
const MAX_WIDTH = 2.2;
const MAX_WIDTH_OF_LETTERS = 3;

/** The caller's classifier reads, where it knows the writing; else letters whose prompt is known are read by our own. */
export function howToRead({ classifier, prompt }: SegmentOptions): HowToRead {
  const isLetters = prompt !== undefined && LETTER.test(prompt);
  const reader = classifier ?? (isLetters && [...prompt].every((letter) => LETTER_READER.classes.includes(letter)) ? LETTER_READER : null);
  if (reader === null) return { classifier: null, weights: LETTER_WEIGHTS, maxWidth: MAX_WIDTH_OF_LETTERS };
  return isLetters
    ? { classifier: reader, weights: READ_LETTER_WEIGHTS, maxWidth: MAX_WIDTH_OF_LETTERS }
    : { classifier: reader, weights: DIGIT_WEIGHTS, maxWidth: MAX_WIDTH };
}
