import { unpackSmallNet } from "../core/unpack-small-net.ts";
import type { BinaryImage } from "../image/images.ts";
import { LINE_NET_HIDDEN, LINE_NET_WEIGHTS } from "./nist-line-weights.ts";

/** Rows above and below the line's middle row, and columns aside, that are seen px by px. */
const NEAR_ROWS = 14;
const NEAR_COLUMNS = 10;
/** Farther off cells of 2 x 2 px are seen: 1 where at least two of the four are ink. Inside of the box is up. */
const FAR_UP = 30;
const FAR_DOWN = 18;
const FAR_COLUMNS = 32;

const NEAR_WIDTH = 2 * NEAR_COLUMNS + 1;
const NEAR_INPUTS = NEAR_WIDTH * (2 * NEAR_ROWS + 1);
const FAR_WIDTH = FAR_COLUMNS;
const FAR_HEIGHT = (FAR_UP + FAR_DOWN) / 2;

/** Inputs of the network, all 0 or 1. */
export const LINE_NET_INPUTS = NEAR_INPUTS + FAR_WIDTH * FAR_HEIGHT;
/** Rows above and below the line's middle row for which it answers. */
export const LINE_NET_REACH = 6;
export const LINE_NET_OUTPUTS = 2 * LINE_NET_REACH + 1;

/** One hidden layer (ReLU), one sigmoid for each row of a column of the line. */
export interface LineNet {
  readonly hidden: number;
  /** LINE_NET_INPUTS x hidden, row-major. */
  readonly w1: Float32Array;
  readonly b1: Float32Array;
  /** LINE_NET_OUTPUTS x hidden, row-major. */
  readonly w2: Float32Array;
  readonly b2: Float32Array;
}

/**
 * Lists the network's inputs that are 1 around one column of a line.
 * @param x, y the column and the line's middle row
 * @param up -1 where the box's inside is above the line, 1 where it is below (the window is then mirrored)
 * @param out at least LINE_NET_INPUTS long
 * @returns how many were written to `out`
 */
export function sampleLineWindow({ width, height, data }: BinaryImage, x: number, y: number, up: -1 | 1, out: Int32Array): number {
  let n = 0;
  for (let j = -NEAR_ROWS; j <= NEAR_ROWS; j++) {
    const row = y - up * j;
    if (row < 0 || row >= height) continue;
    const input = (j + NEAR_ROWS) * NEAR_WIDTH + NEAR_COLUMNS;
    for (let i = -NEAR_COLUMNS; i <= NEAR_COLUMNS; i++) {
      const column = x + i;
      if (column >= 0 && column < width && data[row * width + column] === 1) out[n++] = input + i;
    }
  }
  for (let r = 0; r < FAR_HEIGHT; r++) {
    // Rows -FAR_UP + 2 r and the next, seen from inside to outside.
    const first = y - up * (2 * r - FAR_UP);
    const second = first - up;
    for (let c = 0; c < FAR_WIDTH; c++) {
      const column = x + 2 * c - FAR_COLUMNS;
      let ink = 0;
      if (first >= 0 && first < height) ink += at(data, first * width, column, width);
      if (second >= 0 && second < height) ink += at(data, second * width, column, width);
      if (ink >= 2) out[n++] = NEAR_INPUTS + r * FAR_WIDTH + c;
    }
  }
  return n;
}

function at(data: Uint8Array, row: number, column: number, width: number): number {
  let ink = 0;
  if (column >= 0 && column < width) ink += data[row + column];
  if (column + 1 >= 0 && column + 1 < width) ink += data[row + column + 1];
  return ink;
}

/**
 * For each of the LINE_NET_OUTPUTS rows, from the inner to the outer, the log-odds that a pen's stroke is there, given that ink is.
 * @param inputs the first `n` are the inputs that are 1
 */
export function runLineNet(net: LineNet, inputs: Int32Array, n: number, logits: Float32Array): void {
  const { hidden, w1, b1, w2, b2 } = net;
  const h = Float32Array.from(b1);
  for (let k = 0; k < n; k++) {
    const row = inputs[k] * hidden;
    for (let i = 0; i < hidden; i++) h[i] += w1[row + i];
  }
  for (let o = 0; o < LINE_NET_OUTPUTS; o++) {
    let sum = b2[o];
    for (let i = 0; i < hidden; i++) if (h[i] > 0) sum += w2[o * hidden + i] * h[i];
    logits[o] = sum;
  }
}

let known: LineNet | null = null;

/** The network that goes with the program, unpacked once; its w2 lies the other way round than a `SmallNet`'s. */
export function getLineNet(): LineNet {
  known ??= unpackSmallNet(LINE_NET_WEIGHTS, { inputs: LINE_NET_INPUTS, hidden: LINE_NET_HIDDEN, outputs: LINE_NET_OUTPUTS });
  return known;
}
