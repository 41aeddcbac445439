import { unpackSmallNet } from "../../core/unpack-small-net.ts";
import { openSmallNet } from "../../image/open-small-net.ts";
import { LETTER_NET_HIDDEN, LETTER_NET_WEIGHTS } from "./letter-weights.ts";

/** The letters it knows, in the order of its outputs; one more output stands for what is none of them. */
export const NET_LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
export const LETTER_NET_INPUTS = 784;

let run: ReturnType<typeof openSmallNet> | null = null;

/**
 * @param image 784 bytes, 255 = ink
 * @returns probabilities of NET_LETTERS and, last, of what is no letter: two of them, or a part of one
 */
export function runLetterNet(image: Uint8Array): Float32Array {
  run ??= openSmallNet(
    unpackSmallNet(LETTER_NET_WEIGHTS, { inputs: LETTER_NET_INPUTS, hidden: LETTER_NET_HIDDEN, outputs: NET_LETTERS.length + 1 }),
  );
  return run(Float32Array.from(image, (value) => value / 255));
}
