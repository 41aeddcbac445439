/**
 * The label byte of a character in the files we write: EMNIST ByClass order (arXiv 1702.05373, table II):
 * 0-9 are 0..9, A-Z are 10..35, a-z are 36..61. Characters outside it and unlabelled glyphs get `UNLABELLED`.
 */
export const CHAR_CLASSES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Label byte of a glyph without a label (a blank box), or with one outside `CHAR_CLASSES`. */
export const UNLABELLED = 255;

/** @returns the label byte of one character, `UNLABELLED` for null or a character without a number. */
export function labelByte(label: string | null): number {
  if (label === null || label.length !== 1) return UNLABELLED;
  const index = CHAR_CLASSES.indexOf(label);
  return index < 0 ? UNLABELLED : index;
}
