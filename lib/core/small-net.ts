/** A network of one hidden layer (ReLU) with softmax, small enough to go along with the program's code. */
export interface SmallNet {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  /** inputs x hidden, row-major. */
  readonly w1: Float32Array;
  readonly b1: Float32Array;
  /** hidden x outputs, row-major. */
  readonly w2: Float32Array;
  readonly b2: Float32Array;
}

/** Hidden units at a time; of the last ones, where there are fewer, the sums beyond are not used. */
const SUMS = 4;

/**
 * @param values as many as the network has inputs; those that are 0 cost no time
 * @returns its outputs' probabilities
 */
export function runSmallNet({ inputs, hidden, outputs, w1, b1, w2, b2 }: SmallNet, values: Float32Array): Float32Array {
  // Rows of w1 that count, so that four sums at a time stay in registers while they are gone through.
  const rows = new Int32Array(inputs);
  let count = 0;
  for (let k = 0; k < inputs; k++) if (values[k] !== 0) rows[count++] = k;
  const out = new Float64Array(b2);
  for (let i = 0; i < hidden; i += SUMS) {
    let s0 = b1[i];
    let s1 = b1[i + 1];
    let s2 = b1[i + 2];
    let s3 = b1[i + 3];
    for (let r = 0; r < count; r++) {
      const value = values[rows[r]];
      const at = rows[r] * hidden + i;
      s0 += value * w1[at];
      s1 += value * w1[at + 1];
      s2 += value * w1[at + 2];
      s3 += value * w1[at + 3];
    }
    addRow(out, w2, i, s0);
    if (i + 1 < hidden) addRow(out, w2, i + 1, s1);
    if (i + 2 < hidden) addRow(out, w2, i + 2, s2);
    if (i + 3 < hidden) addRow(out, w2, i + 3, s3);
  }
  return softmax(out, outputs);
}

/** out += relu(s) x row i of w2. */
function addRow(out: Float64Array, w2: Float32Array, i: number, s: number): void {
  if (s > 0) for (let o = 0, at = i * out.length; o < out.length; o++, at++) out[o] += s * w2[at];
}

function softmax(out: Float64Array, outputs: number): Float32Array {
  let most = out[0];
  for (let o = 1; o < outputs; o++) most = Math.max(most, out[o]);
  let sum = 0;
  for (let o = 0; o < outputs; o++) sum += out[o] = Math.exp(out[o] - most);
  const p = new Float32Array(outputs);
  for (let o = 0; o < outputs; o++) p[o] = out[o] / sum;
  return p;
}
