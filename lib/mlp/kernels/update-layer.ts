import { type Floats, type LayerFloats, type UpdateOptions, VELOCITY_FLOOR } from "./kernels.ts";
import { getScratch } from "./scratch.ts";

let rowStart = new Int32Array(0);

/**
 * One step of gradient descent with momentum on w (I x O) and b (O). The gradient is formed eight columns at a time over the non-zero
 * x[b,i] of input i only, and used at once: there is no gradient buffer. A row whose input was dark in the whole batch and whose
 * velocity is zero is left alone.
 */
export function updateLayer(
  layer: LayerFloats,
  velocity: LayerFloats,
  { x, d }: { x: Floats; d: Floats },
  { B, I, O, rate, momentum }: UpdateOptions,
): void {
  const { w } = layer;
  const v = velocity.w;
  const { start, index, value } = transposeNonZero(x, B, I, O);
  const step = rate / B;
  const whole = O - (O % 8);
  for (let i = 0; i < I; i++) {
    const from = start[i]!;
    const to = start[i + 1]!;
    const row = i * O;
    if (from === to && isZero(v, row, O)) continue;
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
      const r = row + o;
      move(w, v, r, momentum * v[r]! - step * s0);
      move(w, v, r + 1, momentum * v[r + 1]! - step * s1);
      move(w, v, r + 2, momentum * v[r + 2]! - step * s2);
      move(w, v, r + 3, momentum * v[r + 3]! - step * s3);
      move(w, v, r + 4, momentum * v[r + 4]! - step * s4);
      move(w, v, r + 5, momentum * v[r + 5]! - step * s5);
      move(w, v, r + 6, momentum * v[r + 6]! - step * s6);
      move(w, v, r + 7, momentum * v[r + 7]! - step * s7);
    }
    for (let o = whole; o < O; o++) {
      let s = 0;
      for (let k = from; k < to; k++) s += value[k]! * d[index[k]! + o]!;
      move(w, v, row + o, momentum * v[row + o]! - step * s);
    }
  }
  for (let o = 0; o < O; o++) {
    let s = 0;
    for (let b = 0; b < B; b++) s += d[b * O + o]!;
    move(layer.b, velocity.b, o, momentum * velocity.b[o]! - step * s);
  }
}

function move(w: Floats, v: Floats, k: number, next: number): void {
  v[k] = next < VELOCITY_FLOOR && next > -VELOCITY_FLOOR ? 0 : next;
  w[k] = w[k]! + v[k]!;
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
