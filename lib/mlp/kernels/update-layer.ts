import type { Floats, LayerFloats, UpdateOptions } from "./kernels.ts";
import { limitNormsReference } from "./limit-norms.reference.ts";
import { moveWeightsReference } from "./move-weights.reference.ts";
import { getScratch } from "./scratch.ts";

let rowStart = new Int32Array(0);
let rowGradient = new Float64Array(0);

/**
 * One step on w (I x O) and b (O). The gradient is formed a row at a time, eight columns at once over the non-zero x[b,i] of input i only,
 * and used at once. With plain momentum a row whose input was dark in the whole batch and whose velocity is zero is left alone.
 */
export function updateLayer(layer: LayerFloats, velocity: LayerFloats, { x, d }: { x: Floats; d: Floats }, options: UpdateOptions): void {
  const { B, I, O, N = B, squares, maxNorm } = options;
  const { start, index, value } = transposeNonZero(x, B, I, O);
  if (rowGradient.length < O) rowGradient = new Float64Array(O);
  const g = rowGradient.subarray(0, O);
  const stays = !options.weightDecay && !options.adam;
  const whole = O - (O % 8);
  for (let i = 0; i < I; i++) {
    const from = start[i]!;
    const to = start[i + 1]!;
    const row = i * O;
    if (stays && from === to && isZero(velocity.w, row, O)) continue;
    for (let o = 0; o < whole; o += 8) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let s4 = 0;
      let s5 = 0;
      let s6 = 0;
      let s7 = 0;
      for (let k = from; k < to; k++) {
        const e = value[k]!;
        const q = index[k]! + o;
        s0 += e * d[q]!;
        s1 += e * d[q + 1]!;
        s2 += e * d[q + 2]!;
        s3 += e * d[q + 3]!;
        s4 += e * d[q + 4]!;
        s5 += e * d[q + 5]!;
        s6 += e * d[q + 6]!;
        s7 += e * d[q + 7]!;
      }
      g[o] = s0 / N;
      g[o + 1] = s1 / N;
      g[o + 2] = s2 / N;
      g[o + 3] = s3 / N;
      g[o + 4] = s4 / N;
      g[o + 5] = s5 / N;
      g[o + 6] = s6 / N;
      g[o + 7] = s7 / N;
    }
    for (let o = whole; o < O; o++) {
      let s = 0;
      for (let k = from; k < to; k++) s += value[k]! * d[index[k]! + o]!;
      g[o] = s / N;
    }
    const part = (array: Floats): Floats => array.subarray(row, row + O);
    moveWeightsReference({ w: part(layer.w), v: part(velocity.w), q: squares && part(squares.w), g }, options);
  }
  for (let o = 0; o < O; o++) {
    let s = 0;
    for (let b = 0; b < B; b++) s += d[b * O + o]!;
    g[o] = s / N;
  }
  moveWeightsReference({ w: layer.b, v: velocity.b, q: squares?.b, g }, { ...options, weightDecay: 0 });
  if (maxNorm) limitNormsReference(layer.w, { I, O, maxNorm });
}

/** The non-zero x[b,i] (B x I) by input: those of input i are entries start[i] to start[i+1]; `index` is b * O. */
function transposeNonZero(x: Floats, B: number, I: number, O: number): { start: Int32Array; index: Int32Array; value: Float64Array } {
  if (rowStart.length < I + 2) rowStart = new Int32Array(I + 2);
  const start = rowStart;
  start.fill(0, 0, I + 2);
  for (let b = 0; b < B; b++) for (let i = 0; i < I; i++) if (x[b * I + i] !== 0) start[i + 2] = start[i + 2]! + 1;
  for (let i = 2; i < I + 2; i++) start[i] = start[i]! + start[i - 1]!;
  const { index, value } = getScratch(B * I);
  // start[i + 1] is where input i's next entry goes: after the pass it is where they end.
  for (let b = 0; b < B; b++) {
    for (let i = 0; i < I; i++) {
      const e = x[b * I + i]!;
      if (e === 0) continue;
      const k = start[i + 1]!;
      index[k] = b * O;
      value[k] = e;
      start[i + 1] = k + 1;
    }
  }
  return { start, index, value };
}

function isZero(v: Floats, from: number, length: number): boolean {
  for (let k = from; k < from + length; k++) if (v[k] !== 0) return false;
  return true;
}
