import { Rng } from "../core/rng.ts";
import type { CustomSpec } from "./card-spec.ts";

export const DIGITS = "0123456789";
export const UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
export const LOWERCASE = "abcdefghijklmnopqrstuvwxyz";

/** Digits in each field of the five mixed rows, in NIST's order (measured on f1002_33 and checked against its 28 prompts). */
export const NIST_ROWS: readonly (readonly number[])[] = [
  [2, 3, 4, 5, 6],
  [3, 4, 5, 6, 2],
  [4, 5, 6, 2, 3],
  [5, 6, 2, 3, 4],
  [6, 2, 3, 4, 5],
];

/** Word for word as NIST's form prints it. */
export const PREAMBLE =
  "We, the People of the United States, in order to form a more perfect Union, establish Justice, insure domestic Tranquility, " +
  "provide for the common Defense, promote the general Welfare, and secure the Blessings of Liberty to ourselves and our posterity, " +
  "do ordain and establish this CONSTITUTION for the United States of America.";

export interface NistPrompts {
  /** 28 strings in reading order: three times all ten digits, then the five mixed rows. 130 digits, each 13 times. */
  readonly digits: readonly string[];
  readonly lowercase: string;
  readonly uppercase: string;
}

/** The prompts of a NIST form for a seed: every digit 13 times, both alphabets in random order. */
export function buildNistPrompts(seed: number): NistPrompts {
  const rng = new Rng(seed);
  const mixed = buildBalancedPrompt([...DIGITS], 10, rng);
  const digits = [DIGITS, DIGITS, DIGITS];
  let used = 0;
  for (const length of NIST_ROWS.flat()) {
    digits.push(mixed.slice(used, used + length).join(""));
    used += length;
  }
  return {
    digits,
    lowercase: rng.shuffle([...LOWERCASE]).join(""),
    uppercase: rng.shuffle([...UPPERCASE]).join(""),
  };
}

/** The prompts of a letters card: each letter once, capitals and small letters each in random order. */
export function buildLetterPrompts(seed: number): { uppercase: string[]; lowercase: string[] } {
  const rng = new Rng(seed);
  return { uppercase: rng.shuffle([...UPPERCASE]), lowercase: rng.shuffle([...LOWERCASE]) };
}

/** The prompts of a digits card that holds `count` boxes (a multiple of ten): each digit `count / 10` times in random order. */
export function buildDigitPrompts(seed: number, count: number): string[] {
  return buildBalancedPrompt([...DIGITS], count / 10, new Rng(seed));
}

/** The prompts of a custom card: each character `repeats` times in random order. */
export function buildCustomPrompts(seed: number, custom: CustomSpec): string[] {
  return buildBalancedPrompt([...custom.characters], custom.repeats, new Rng(seed));
}

function buildBalancedPrompt(characters: readonly string[], repeats: number, rng: Rng): string[] {
  return rng.shuffle(Array.from({ length: characters.length * repeats }, (_, i) => characters[i % characters.length]));
}
