import { decodeCardCode } from "../../../../../../lib/card/card-code.ts";
import { InkformError } from "../../../../../../lib/core/inkform-error.ts";

export const DIGITS = [..."0123456789"];
export const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];

interface ReadPage {
  readonly template: string | null;
  readonly card: string | null;
}

/**
 * The characters that glyphs of these pages can be, in order: digits always; all letters where a page of letters is among them; those of a card of one's own.
 */
export function findClasses(pages: readonly ReadPage[]): readonly string[] {
  const letters = pages.some(({ template }) => template === "letters" || template === "nist-hsf");
  const own = new Set(
    pages.filter(({ template }) => template === "custom").flatMap(({ card }) => (card === null ? [] : readCharacters(card))),
  );
  return [...DIGITS, ...LETTERS.filter((letter) => letters || own.has(letter)), ...[...own].filter((c) => !/[0-9A-Za-z]/.test(c)).sort()];
}

function readCharacters(code: string): readonly string[] {
  try {
    return [...(decodeCardCode(code).custom?.characters ?? "")];
  } catch (error) {
    // A card of a later version of the program: its glyphs are shown, their own characters have no keys.
    if (error instanceof InkformError) return [];
    throw error;
  }
}
