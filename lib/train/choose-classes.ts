import { CHAR_CLASSES } from "../core/char-classes.ts";
import { InkformError } from "../core/inkform-error.ts";

/**
 * What labels read from IDX files stand for: the ten digits where all are below 10, else the characters that occur, in the order
 * of `CHAR_CLASSES` (EMNIST ByClass).
 * @throws InkformError `invalid-file` on a label with no character
 */
export function chooseClasses(labels: Uint8Array): string[] {
  let present = new Set(labels);
  if ([...present].every((label) => label < 10)) present = new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  return [...present].sort((a, b) => a - b).map(characterOf);
}

/**
 * Label bytes as indices of `classes`.
 * @throws InkformError `invalid-argument` where a label's character is not among them
 */
export function toClassIndices(labels: Uint8Array, classes: readonly string[]): Uint8Array {
  const indexOf = new Map<number, number>();
  return labels.map((label) => {
    let index = indexOf.get(label);
    if (index === undefined) {
      const character = characterOf(label);
      index = classes.indexOf(character);
      if (index < 0) {
        throw new InkformError(
          "invalid-argument",
          `The data has examples of "${character}", but the classes are ${classes.join("")}. Leave them out, or train with them.`,
        );
      }
      indexOf.set(label, index);
    }
    return index;
  });
}

function characterOf(label: number): string {
  const character = CHAR_CLASSES[label];
  if (character === undefined) {
    throw new InkformError(
      "invalid-file",
      `A label is ${label}; labels are 0 to 9 for digits, 10 to 35 for A to Z, 36 to 61 for a to z, 255 for none.`,
    );
  }
  return character;
}
