import { assertArgument } from "../core/assert.ts";
import { CHAR_CLASSES } from "../core/char-classes.ts";
import type { BitReader, BitWriter } from "./bit-string.ts";
import type { CustomSpec } from "./card-spec.ts";

/** How a custom card's characters are written: a mask over 0-9, a mask over 0-9A-Za-z, or sorted code points as gaps. */
const DIGIT_MASK = 0;
const CLASS_MASK = 1;
const CODE_POINTS = 2;

/** Writes the part of a card code that only custom cards have; `custom` is canonical. */
export function writeCustom(writer: BitWriter, { characters, repeats, boxMm }: CustomSpec): void {
  writer.write(repeats - 1, 6);
  writer.write(Math.round(boxMm * 10) - 60, 8);
  const set = [...characters];
  if (set.every((c) => CHAR_CLASSES.includes(c))) {
    const digitsOnly = set.every((c) => c >= "0" && c <= "9");
    writer.write(digitsOnly ? DIGIT_MASK : CLASS_MASK, 2);
    for (const c of digitsOnly ? CHAR_CLASSES.slice(0, 10) : CHAR_CLASSES) writer.write(characters.includes(c) ? 1 : 0, 1);
    return;
  }
  writer.write(CODE_POINTS, 2);
  writer.write(set.length - 1, 6);
  let last = -1;
  for (const c of set) {
    const point = c.codePointAt(0) ?? 0;
    writer.writeGamma(point - last);
    last = point;
  }
}

/** Reads what `writeCustom` wrote. @throws InkformError `invalid-argument` where the bits end early or name no character. */
export function readCustom(reader: BitReader): CustomSpec {
  const repeats = reader.read(6) + 1;
  const boxMm = (reader.read(8) + 60) / 10;
  const mode = reader.read(2);
  let characters = "";
  if (mode === CODE_POINTS) {
    const count = reader.read(6) + 1;
    let point = -1;
    for (let i = 0; i < count; i++) {
      point += reader.readGamma();
      assertArgument(point <= 0x10ffff, "the card code names a character that does not exist");
      characters += String.fromCodePoint(point);
    }
  } else {
    for (const c of mode === DIGIT_MASK ? CHAR_CLASSES.slice(0, 10) : CHAR_CLASSES) if (reader.read(1) === 1) characters += c;
  }
  return { characters, repeats, boxMm };
}
