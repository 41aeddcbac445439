import { LETTER_NET_HIDDEN, LETTER_NET_WEIGHTS } from "./letter-weights.ts";

/** The letters it knows, in the order of its outputs; one more output stands for what is none of them. */
export const NET_LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
export const LETTER_NET_INPUTS = 784;
export const LETTER_NET_OUTPUTS = NET_LETTERS.length + 1;

/** One hidden layer (ReLU), softmax. */
export interface LetterNet {
  readonly hidden: number;
  /** LETTER_NET_INPUTS x hidden, row-major. */
  readonly w1: Float32Array;
  readonly b1: Float32Array;
  /** hidden x LETTER_NET_OUTPUTS, row-major. */
  readonly w2: Float32Array;
  readonly b2: Float32Array;
}

/**
 * @param image 784 bytes, 255 = ink
 * @returns probabilities of NET_LETTERS and, last, of what is no letter: two of them, or a part of one
 */
export function runLetterNet({ hidden, w1, b1, w2, b2 }: LetterNet, image: Uint8Array): Float32Array {
  const h = Float32Array.from(b1);
  for (let k = 0; k < LETTER_NET_INPUTS; k++) {
    if (image[k] === 0) continue;
    const value = image[k] / 255;
    for (let i = 0, at = k * hidden; i < hidden; i++, at++) h[i] += value * w1[at];
  }
  const out = Float32Array.from(b2);
  for (let i = 0; i < hidden; i++)
    if (h[i] > 0) for (let o = 0, at = i * LETTER_NET_OUTPUTS; o < LETTER_NET_OUTPUTS; o++, at++) out[o] += h[i] * w2[at];
  const most = out.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (let o = 0; o < LETTER_NET_OUTPUTS; o++) sum += out[o] = Math.exp(out[o] - most);
  return out.map((value) => value / sum);
}

let known: LetterNet | null = null;

/** The network that goes with the program, unpacked once. */
export function getLetterNet(): LetterNet {
  known ??= unpack();
  return known;
}

function unpack(): LetterNet {
  const hidden = LETTER_NET_HIDDEN;
  const bytes = Uint8Array.from(atob(LETTER_NET_WEIGHTS), (char) => char.charCodeAt(0));
  const count = LETTER_NET_INPUTS * hidden;
  const view = new DataView(bytes.buffer, count);
  let at = 0;
  const floats = (n: number): Float32Array => Float32Array.from({ length: n }, () => view.getFloat32(4 * at++, true));
  const scales = floats(hidden);
  const w1 = Float32Array.from({ length: count }, (_, i) => ((bytes[i] << 24) >> 24) * scales[i % hidden]);
  return { hidden, w1, b1: floats(hidden), w2: floats(hidden * LETTER_NET_OUTPUTS), b2: floats(LETTER_NET_OUTPUTS) };
}
