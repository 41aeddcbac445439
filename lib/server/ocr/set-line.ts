import type { BinaryImage } from "../../image/images.ts";

/** Between two letters, in px at 300 dpi: tesseract reads a line at this distance as one word without blanks. */
const GAP = 14;

/** Sets images of one height beside each other. */
export function setLine(letters: readonly BinaryImage[]): BinaryImage {
  const height = Math.max(...letters.map((letter) => letter.height));
  const width = letters.reduce((sum, letter) => sum + letter.width + GAP, 0);
  const data = new Uint8Array(width * height);
  let left = 0;
  for (const letter of letters) {
    for (let y = 0; y < letter.height; y++) data.set(letter.data.subarray(y * letter.width, (y + 1) * letter.width), y * width + left);
    left += letter.width + GAP;
  }
  return { width, height, data };
}
