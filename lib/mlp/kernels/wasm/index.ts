/**
 * What JavaScript calls (../simd/create-simd-kernels.ts). A kernel is a command: its number and arguments are written to COMMAND, then
 * `launch` lets every thread do its part and returns when all are done. Softmax is one thread's and is called directly.
 */
import { average } from "./average";
import { barrier, COMMAND } from "./barrier";
import { distortImages } from "./distort";
import { dropOut, dropOutErrors } from "./drop-out";
import { Backward, Forward, layerPanels } from "./layer-panel";
import { limitNorms } from "./limit-norms";
import { listColumns, listRows } from "./lists";
import { share } from "./panels";
import { scaleBytes } from "./scale";
import { updatePanels } from "./update-panel";
import { Adaptive, Descent, Momentum, RULE_KIND } from "./update-rule";

export { sleeping } from "./barrier";
export { multiplyAdd } from "./multiply-add";
export { softmax, softmaxCrossEntropy } from "./softmax";
export { softmaxSquaredError } from "./squared-error";

const STOP: i32 = 0;
const FORWARD: i32 = 1;
const BACKWARD: i32 = 2;
const UPDATE: i32 = 3;
const SCALE: i32 = 4;
const DISTORT: i32 = 5;
const DROP: i32 = 6;
const DROP_ERRORS: i32 = 7;
const AVERAGE: i32 = 8;
const LIMIT: i32 = 9;

/** Where memory is free from. */
export function freeFrom(): usize {
  return __heap_base;
}

/** Runs the command on all T threads; called by thread 0. */
export function launch(T: i32): void {
  barrier(T);
  work(0, T);
  barrier(T);
}

/** The same by thread 0 alone, which does every thread's part: for commands too small to be worth waking anyone. */
export function launchAlone(T: i32): void {
  for (let t: i32 = 0; t < T; t++) prepare(t, T);
  for (let t: i32 = 0; t < T; t++) finish(t, T);
}

/** A helping thread's life: command after command, until STOP. */
export function serve(t: i32, T: i32): void {
  let op: i32;
  do {
    barrier(T);
    op = int(0);
    work(t, T);
    barrier(T);
  } while (op != STOP);
}

function work(t: i32, T: i32): void {
  prepare(t, T);
  barrier(T);
  finish(t, T);
}

/*
 * The commands' arguments from 1 on (own: bytes of each thread's own room, one after another):
 *   FORWARD   a, x, w, bias, B, I, O, f, entries, ends, room, own
 *   BACKWARD  dx, d, w, x, B, I, O, f, entries, ends, room, own
 *   UPDATE    w, vw, bias, vb, x, d, B, I, O, step, momentum, entries, ends, room, own; its rule: update-rule.ts
 *   SCALE     x, bytes, length
 *   DISTORT   x, bytes, motions, bank, scratch, side, B
 *   DROP         x, length, threshold, seed, scale
 *   DROP_ERRORS  dx, length, threshold, seed, scale, x, 1 / scale, f
 *   AVERAGE      average, w, length, share
 *   LIMIT        w, I, O, limit
 */

/** Lists of non-zero values: each thread's part of what all then read. */
function prepare(t: i32, T: i32): void {
  const op = int(0);
  if (op == FORWARD) {
    listRows(at(2), int(6), share(int(5), t, T), share(int(5), t + 1, T), at(9), at(10));
  } else if (op == BACKWARD) {
    listRows(at(2), int(7), share(int(5), t, T), share(int(5), t + 1, T), at(9), at(10));
  } else if (op == UPDATE) {
    listColumns(at(5), int(7), int(8), firstRow(int(8), t, T), firstRow(int(8), t + 1, T), at(12), at(13));
  }
}

/** Each thread's part of the panels, or of the examples. */
function finish(t: i32, T: i32): void {
  const op = int(0);
  if (op == FORWARD) {
    const room = at(11) + usize(t * int(12));
    layerPanels<Forward>(at(1), at(9), at(10), at(3), at(4), room, int(5), int(6), int(7), int(8), t, T);
  } else if (op == BACKWARD) {
    const room = at(11) + usize(t * int(12));
    layerPanels<Backward>(at(1), at(9), at(10), at(3), at(4), room, int(5), int(7), int(6), int(8), t, T);
  } else if (op == UPDATE) {
    const kind = load<i32>(RULE_KIND);
    if (kind == 0) update<Momentum>(t, T);
    else if (kind == 1) update<Descent>(t, T);
    else update<Adaptive>(t, T);
  } else if (op == SCALE) {
    const from = share(int(3), t, T);
    scaleBytes(at(1) + (usize(from) << 2), at(2) + usize(from), share(int(3), t + 1, T) - from);
  } else if (op == DISTORT) {
    distortImages(at(1), at(2), at(3), at(4), at(5), int(6), share(int(7), t, T), share(int(7), t + 1, T), t);
  } else if (op == DROP) {
    dropOut(at(1), firstRow(int(2), t, T), firstRow(int(2), t + 1, T), int(3), int(4), float(5));
  } else if (op == DROP_ERRORS) {
    const from = firstRow(int(2), t, T);
    dropOutErrors(at(1), at(6), from, firstRow(int(2), t + 1, T), int(3), int(4), float(5), float(7), int(8));
  } else if (op == AVERAGE) {
    average(at(1), at(2), firstRow(int(3), t, T), firstRow(int(3), t + 1, T), float(4));
  } else if (op == LIMIT) {
    limitNorms(at(1), int(2), int(3), float(4), t, T);
  }
}

function update<Rule>(t: i32, T: i32): void {
  const room = at(14) + usize(t * int(15));
  updatePanels<Rule>(
    at(1), at(2), at(3), at(4), at(6), at(12), at(13), room,
    int(7), int(8), int(9), float(10), float(11), t, T,
  );
}

/** Inputs, and numbers without rows, are dealt out in fours. */
function firstRow(I: i32, t: i32, T: i32): i32 {
  return min(I, ((((I + 3) >> 2) * t) / T) << 2);
}

// @ts-ignore: decorator
@inline
function int(k: i32): i32 {
  return load<i32>(COMMAND + (usize(k) << 2));
}

// @ts-ignore: decorator
@inline
function at(k: i32): usize {
  return usize(int(k));
}

// @ts-ignore: decorator
@inline
function float(k: i32): f32 {
  return load<f32>(COMMAND + (usize(k) << 2));
}
