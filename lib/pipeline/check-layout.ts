import type { FieldReading, Rejection } from "./page-reading.ts";

/** Of its printed lines a card shows nearly all where they should be; a card of another template at most half. */
const MIN_SEEN = 0.7;
/** Below this no line shows at all: drop-out print that vanished in the scan. Then it can't be told. */
const NO_LINES = 0.05;
/** Where a code was read by OCR: of at least so many second opinions this share must agree with the prompts. Chance is a tenth. */
const MIN_OPINIONS = 10;
const MIN_AGREEING = 0.4;

/**
 * Whether the page is the card that its code names: its printed lines are where that card has them and, where the code is known from
 * its text alone, the characters read are those that it asks for. Null where it is.
 * @param seen share of the card's printed lines that show; null for a card without lines
 */
export function checkLayout(seen: number | null, fields: readonly FieldReading[], codeFromText: boolean): Rejection | null {
  if (seen !== null && seen < MIN_SEEN && (codeFromText || seen > NO_LINES)) {
    return {
      code: "wrong-page",
      message: `The page is not laid out as the card that its code names: only ${Math.round(100 * seen)} % of that card's lines are where they should be. Parts of two cards lie over each other, or much of the card is covered. Scan the card alone and whole.`,
    };
  }
  if (!codeFromText) return null;
  const opinions = fields.flatMap((field) => field.glyphs).filter((glyph) => glyph.label !== null && glyph.prediction !== null);
  const agreeing = opinions.filter((glyph) => glyph.prediction?.label === glyph.label).length;
  if (opinions.length < MIN_OPINIONS || agreeing >= MIN_AGREEING * opinions.length) return null;
  return {
    code: "code-unreadable",
    message:
      "The card's square code, at its lower left, can't be read, and the text code beside it does not fit what is written in the boxes. Scan the page again with the code uncovered, or type the text code into this page's form.",
  };
}
