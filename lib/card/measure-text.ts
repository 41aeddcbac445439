import { assertArgument } from "../core/assert.ts";
import { type CardFont, COURIER_WIDTH, FONT_CHARACTERS, FONT_WIDTHS } from "./font-widths.ts";

export const MM_PER_PT = 25.4 / 72;

const INDEX = new Map(Array.from(FONT_CHARACTERS, (character, i) => [character, i]));

/** The first character of `text` that the cards' fonts lack, null if they have all. */
export function findUnprintable(text: string): string | null {
  for (const character of text) if (!INDEX.has(character)) return character;
  return null;
}

/** Width of one line of text in mm, without kerning; a character that the fonts lack counts as wide as the type is high. */
export function measureText(text: string, font: CardFont, sizePt: number): number {
  let thousandths = 0;
  for (const character of text) {
    const index = INDEX.get(character);
    if (index === undefined) thousandths += 1000;
    else thousandths += font === "courier-bold" ? COURIER_WIDTH : FONT_WIDTHS[font][index];
  }
  return (thousandths / 1000) * sizePt * MM_PER_PT;
}

/**
 * Breaks `text` at spaces (and at its own line ends) into lines of at most `widthMm`.
 *
 * @throws InkformError `invalid-argument` where a single word is wider than the line.
 */
export function wrapText(text: string, widthMm: number, font: CardFont, sizePt: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r?\n/)) {
    let line = "";
    for (const word of paragraph.split(/[ \t]+/).filter((w) => w !== "")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (measureText(longer, font, sizePt) <= widthMm) {
        line = longer;
        continue;
      }
      assertArgument(
        measureText(word, font, sizePt) <= widthMm,
        `the word "${word.slice(0, 20)}..." is wider than the ${Math.floor(widthMm)} mm that the card has for a line: shorten it`,
      );
      lines.push(line);
      line = word;
    }
    if (line !== "") lines.push(line);
  }
  return lines;
}
