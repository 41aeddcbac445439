import { average } from "./average";
import { at, float, int } from "./command";
import { distortImages } from "./distort";
import { dropOut, dropOutErrors } from "./drop-out";
import { Backward, Forward, layerPanel } from "./layer-panel";
import { limitPanel } from "./limit-norms";
import { listColumns, listRows } from "./lists";
import { panelCount, share } from "./panels";
import { scaleBytes } from "./scale";
import { softmax, softmaxCrossEntropy } from "./softmax";
import { softmaxSquaredError } from "./squared-error";
import { updatePanel } from "./update-panel";
import { Adaptive, Descent, Momentum, RULE } from "./update-rule";

/**
 * A program is a line of commands of 64 words each, which JavaScript writes (../simd/program.ts) and all threads carry out. A command has two parts: at place
 * 2n command n makes lists of non-zero values, where it needs any, and at 2n + 1 it computes.
 *
 * Word 0 is the operation, words from 1 on its arguments (own: bytes of each thread's own room, one after another):
 *   FORWARD   a, x, w, bias, B, I, O, f, entries, ends, room, own
 *   BACKWARD  dx, d, w, x, B, I, O, f, entries, ends, room, own
 *   UPDATE    w, vw, bias, vb, x, d, B, I, O, step, momentum, entries, ends, room, own; its rule: update-rule.ts
 *   SCALE     x, bytes, length
 *   DISTORT   x, bytes, motions, bank, scratch, side, B
 *   DROP         x, length, threshold, seed, scale
 *   DROP_ERRORS  dx, length, threshold, seed, scale, x, 1 / scale, f
 *   AVERAGE      average, w, length, share
 *   LIMIT        w, I, O, limit
 *   SOFTMAX        p, z, B, C
 *   CROSS_ENTROPY, SQUARED_ERROR  d, z, labels, B, C, smoothing; leave the loss in words 8 and 9, how many were read wrong in 10
 *   MEET           0; returns once every thread is here. For `npm run bench -- cost`
 */
const FORWARD: i32 = 1;
const BACKWARD: i32 = 2;
const UPDATE: i32 = 3;
const SCALE: i32 = 4;
const DISTORT: i32 = 5;
const DROP: i32 = 6;
const DROP_ERRORS: i32 = 7;
const AVERAGE: i32 = 8;
const LIMIT: i32 = 9;
const SOFTMAX: i32 = 10;
const CROSS_ENTROPY: i32 = 11;
const SQUARED_ERROR: i32 = 12;
const MEET: i32 = 13;

/** As in ../simd/program.ts. */
const COMMANDS: usize = 5120;
const COMMAND_BYTES: i32 = 256;

/** Where a command leaves a result, in bytes. */
const RESULT: usize = 32;

/** How many pieces a thread gets at least where there is so much to do: then no thread waits long for another that is slower. */
const PIECES_A_THREAD: i32 = 8;
/** Examples or rows of a panel that one piece has at least. */
const LEAST_ROWS: i32 = 16;
/** Examples of a piece that lists or distorts; inputs of one that lists columns, a multiple of 4; numbers of one that goes over numbers. */
const EXAMPLES: i32 = 8;
const INPUTS: i32 = 32;
const NUMBERS: i32 = 8192;
/** Pieces of a part must have numbers below 65,536 (pieces.ts). */
const MOST_PIECES: i32 = 32768;

export function countPieces(place: i32, T: i32): i32 {
  const c = commandAt(place);
  const op = int(c, 0);
  if ((place & 1) == 0) {
    if (op == FORWARD || op == BACKWARD) return divideUp(int(c, 5), EXAMPLES);
    return op == UPDATE ? divideUp(int(c, 8), INPUTS) : 0;
  }
  if (op == FORWARD) return panelCount(int(c, 7)) * cutsOfPanel(int(c, 7), int(c, 5), T);
  if (op == BACKWARD) return panelCount(int(c, 6)) * cutsOfPanel(int(c, 6), int(c, 5), T);
  if (op == UPDATE) return panelCount(int(c, 9)) * cutsOfPanel(int(c, 9), int(c, 8), T);
  if (op == SCALE || op == AVERAGE) return divideUp(int(c, 3), numbersOfPiece(int(c, 3)));
  if (op == DROP || op == DROP_ERRORS) return divideUp(int(c, 2), numbersOfPiece(int(c, 2)));
  if (op == DISTORT) return divideUp(int(c, 7), EXAMPLES);
  if (op == LIMIT) return panelCount(int(c, 3));
  if (op == MEET) return T;
  // The loss is one sum.
  return 1;
}

/** Does piece k of the part at `place`, as thread t. */
export function doPiece(place: i32, k: i32, t: i32, T: i32): void {
  const c = commandAt(place);
  if ((place & 1) == 0) list(c, k);
  else compute(c, k, t, T);
}

function list(c: usize, k: i32): void {
  const op = int(c, 0);
  if (op == UPDATE) {
    const I = int(c, 8);
    listColumns(at(c, 5), int(c, 7), I, k * INPUTS, min(I, (k + 1) * INPUTS), at(c, 12), at(c, 13));
  } else {
    const length = op == FORWARD ? int(c, 6) : int(c, 7);
    listRows(at(c, 2), length, k * EXAMPLES, min(int(c, 5), (k + 1) * EXAMPLES), at(c, 9), at(c, 10));
  }
}

function compute(c: usize, k: i32, t: i32, T: i32): void {
  const op = int(c, 0);
  if (op == FORWARD) layer<Forward>(c, int(c, 6), int(c, 7), k, t, T);
  else if (op == BACKWARD) layer<Backward>(c, int(c, 7), int(c, 6), k, t, T);
  else if (op == UPDATE) {
    const kind = int(c, RULE);
    if (kind == 0) update<Momentum>(c, k, t, T);
    else if (kind == 1) update<Descent>(c, k, t, T);
    else update<Adaptive>(c, k, t, T);
  } else if (op == SCALE) {
    const from = firstNumber(k, int(c, 3));
    scaleBytes(at(c, 1) + (usize(from) << 2), at(c, 2) + usize(from), firstNumber(k + 1, int(c, 3)) - from);
  } else if (op == DISTORT) {
    distortImages(at(c, 1), at(c, 2), at(c, 3), at(c, 4), at(c, 5), int(c, 6), k * EXAMPLES, min(int(c, 7), (k + 1) * EXAMPLES), t);
  } else if (op == DROP) {
    dropOut(at(c, 1), firstNumber(k, int(c, 2)), firstNumber(k + 1, int(c, 2)), int(c, 3), int(c, 4), float(c, 5));
  } else if (op == DROP_ERRORS) {
    const from = firstNumber(k, int(c, 2));
    dropOutErrors(at(c, 1), at(c, 6), from, firstNumber(k + 1, int(c, 2)), int(c, 3), int(c, 4), float(c, 5), float(c, 7), int(c, 8));
  } else if (op == AVERAGE) {
    average(at(c, 1), at(c, 2), firstNumber(k, int(c, 3)), firstNumber(k + 1, int(c, 3)), float(c, 4));
  } else if (op == LIMIT) limitPanel(at(c, 1), int(c, 2), int(c, 3), float(c, 4), k);
  else if (op == SOFTMAX) softmax(at(c, 1), at(c, 2), int(c, 3), int(c, 4));
  else if (op == CROSS_ENTROPY) softmaxCrossEntropy(at(c, 1), at(c, 2), at(c, 3), int(c, 4), int(c, 5), float(c, 6), c + RESULT);
  else if (op == SQUARED_ERROR) softmaxSquaredError(at(c, 1), at(c, 2), at(c, 3), int(c, 4), int(c, 5), float(c, 6), c + RESULT);
  else if (op == MEET) meet(c, T);
}

/** Piece k of a product with R rows of weights and O columns: some of the examples through one panel. */
function layer<Way>(c: usize, R: i32, O: i32, k: i32, t: i32, T: i32): void {
  const B = int(c, 5);
  const cuts = cutsOfPanel(O, B, T);
  const p = k / cuts;
  const cut = k - p * cuts;
  const own = at(c, 11) + usize(t * int(c, 12));
  layerPanel<Way>(at(c, 1), at(c, 9), at(c, 10), at(c, 3), at(c, 4), own, B, R, O, int(c, 8), p, share(B, cut, cuts), share(B, cut + 1, cuts));
}

/** Piece k of an update: some of the rows of one panel. */
function update<Rule>(c: usize, k: i32, t: i32, T: i32): void {
  const I = int(c, 8);
  const cuts = cutsOfPanel(int(c, 9), I, T);
  const p = k / cuts;
  const cut = k - p * cuts;
  const pack = at(c, 14) + usize(t * int(c, 15));
  updatePanel<Rule>(c, pack, p, share(I, cut, cuts), share(I, cut + 1, cuts));
}

function meet(c: usize, T: i32): void {
  atomic.add<i32>(c, 1, 4);
  while (atomic.load<i32>(c, 4) < T) {}
}

/** Into how many pieces a panel of O columns is cut, of N examples or rows. One thread leaves panels whole. */
function cutsOfPanel(O: i32, N: i32, T: i32): i32 {
  return T == 1 ? 1 : max(1, min(N / LEAST_ROWS, divideUp(PIECES_A_THREAD * T, panelCount(O))));
}

function numbersOfPiece(length: i32): i32 {
  return max(NUMBERS, divideUp(length, MOST_PIECES << 2) << 2);
}

function firstNumber(k: i32, length: i32): i32 {
  return min(length, k * numbersOfPiece(length));
}

function divideUp(a: i32, b: i32): i32 {
  return (a + b - 1) / b;
}

function commandAt(place: i32): usize {
  return COMMANDS + usize((place >> 1) * COMMAND_BYTES);
}
