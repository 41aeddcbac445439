import { runSmallNet, type SmallNet } from "../../core/small-net.ts";
import { unpackSmallNet } from "../../core/unpack-small-net.ts";
import { LETTER_NET_HIDDEN, LETTER_NET_WEIGHTS } from "./letter-weights.ts";

/** The letters it knows, in the order of its outputs; one more output stands for what is none of them. */
export const NET_LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
export const LETTER_NET_INPUTS = 784;

let known: SmallNet | null = null;

/**
 * @param image 784 bytes, 255 = ink
 * @returns probabilities of NET_LETTERS and, last, of what is no letter: two of them, or a part of one
 */
export function runLetterNet(image: Uint8Array): Float32Array {
  known ??= unpackSmallNet(LETTER_NET_WEIGHTS, { inputs: LETTER_NET_INPUTS, hidden: LETTER_NET_HIDDEN, outputs: NET_LETTERS.length + 1 });
  return runSmallNet(
    known,
    Float32Array.from(image, (value) => value / 255),
  );
}
