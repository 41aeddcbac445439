import type { GlyphClassifier } from "../segment-options.ts";
import { LETTER_NET_INPUTS, NET_LETTERS, runLetterNet } from "./letter-net.ts";

/**
 * Reads letters, without telling capitals from small ones: many differ by their size alone, which a 28 x 28 image does not show, and the prompt tells which they are. What is left of 1 is
 * the probability that it is none: two letters, or a part of one. Good enough to say where a letter ends and which comes next, not to check a label.
 */
export const LETTER_READER: GlyphClassifier = {
  classes: NET_LETTERS,
  predict: (images, n) => {
    const out = new Float32Array(n * NET_LETTERS.length);
    for (let i = 0; i < n; i++) {
      const own = runLetterNet(images.subarray(i * LETTER_NET_INPUTS, (i + 1) * LETTER_NET_INPUTS));
      const half = NET_LETTERS.length / 2;
      for (let c = 0; c < half; c++) out[i * NET_LETTERS.length + c] = out[i * NET_LETTERS.length + half + c] = own[c] + own[half + c];
    }
    return out;
  },
};
