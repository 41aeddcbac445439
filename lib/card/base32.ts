import { assertArgument } from "../core/assert.ts";

/** Douglas Crockford's base 32: no I, L, O, U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** @returns five bits a character; `bits.length` must be a multiple of 5. */
export function encodeBase32(bits: readonly number[]): string {
  let text = "";
  for (let i = 0; i < bits.length; i += 5) {
    text += ALPHABET[bits[i] * 16 + bits[i + 1] * 8 + bits[i + 2] * 4 + bits[i + 3] * 2 + bits[i + 4]];
  }
  return text;
}

/**
 * Reads as Crockford asks: lower case, spaces and dashes are fine, O is 0, I and L are 1.
 *
 * @throws InkformError `invalid-argument` for any other character.
 */
export function decodeBase32(text: string): number[] {
  const bits: number[] = [];
  for (const character of text.toUpperCase().replace(/[\s\-\u2010-\u2015]/g, "")) {
    const value = ALPHABET.indexOf(character.replace("O", "0").replace(/[IL]/, "1"));
    assertArgument(
      value >= 0,
      `"${character}" cannot stand in a card code: it is made of digits and letters without I, L, O and U. Check the code printed at the card's foot.`,
    );
    for (let i = 4; i >= 0; i--) bits.push((value >> i) & 1);
  }
  return bits;
}
