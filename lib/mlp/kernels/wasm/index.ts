/**
 * What JavaScript calls (../simd/create-simd-kernels.ts). A kernel is a command: its number and arguments are written to COMMAND, then
 * `launch` lets every thread do its columns and returns when all are done. Softmax and scaling are one thread's and are called directly.
 */
import { barrier, COMMAND } from "./barrier";
import { Backward, Forward, layerPanels } from "./layer-panel";
import { listColumns, listRows } from "./lists";
import { transpose } from "./transpose";
import { updatePanels } from "./update-panel";

export { scaleBytes } from "./scale";
export { softmax, softmaxCrossEntropy } from "./softmax";

const FORWARD: i32 = 1;
const BACKWARD: i32 = 2;
const UPDATE: i32 = 3;

/** Where memory is free from. */
export function freeFrom(): usize {
  return __heap_base;
}

/** Runs the command on all T threads; called by thread 0. */
export function launch(T: i32): void {
  barrier(T);
  execute(0, T);
  barrier(T);
}

/** A helping thread's life: command after command, until number 0. */
export function serve(t: i32, T: i32): void {
  while (true) {
    barrier(T);
    if (int(0) == 0) return;
    execute(t, T);
    barrier(T);
  }
}

function execute(t: i32, T: i32): void {
  const op = int(0);
  if (op == FORWARD) forward(t, T);
  else if (op == BACKWARD) backward(t, T);
  else if (op == UPDATE) update(t, T);
}

// a, x, w, bias, B, I, O, f, entries, counts
function forward(t: i32, T: i32): void {
  const B = int(5), I = int(6), O = int(7);
  listRows(at(2), I, (B * t) / T, (B * (t + 1)) / T, at(9), at(10));
  barrier(T);
  layerPanels<Forward>(at(1), at(9), at(10), at(3), at(4), B, I, I, O, int(8), t, T);
}

// dx, d, w, x, B, I, O, f, entries, counts, transposed
function backward(t: i32, T: i32): void {
  const B = int(5), I = int(6), O = int(7);
  listRows(at(2), O, (B * t) / T, (B * (t + 1)) / T, at(9), at(10));
  transpose(at(11), at(3), I, O, t, T);
  barrier(T);
  layerPanels<Backward>(at(1), at(9), at(10), at(11), at(4), B, (O + 7) & ~7, O, I, int(8), t, T);
}

// w, vw, bias, vb, x, d, B, I, O, step, momentum, entries, counts, pack
function update(t: i32, T: i32): void {
  const B = int(7), I = int(8), O = int(9);
  listColumns(at(5), B, I, firstRow(I, t, T), firstRow(I, t + 1, T), at(12), at(13));
  barrier(T);
  updatePanels(at(1), at(2), at(3), at(4), at(6), at(12), at(13), at(14), B, I, O, float(10), float(11), t, T);
}

/** Inputs are dealt out in fours. */
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
