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

/**
 * @param values as many as the network has inputs; those that are 0 cost no time
 * @returns its outputs' probabilities
 */
export function runSmallNet({ inputs, hidden, outputs, w1, b1, w2, b2 }: SmallNet, values: Float32Array): Float32Array {
  const h = Float32Array.from(b1);
  for (let k = 0; k < inputs; k++) {
    const value = values[k];
    if (value === 0) continue;
    for (let i = 0, at = k * hidden; i < hidden; i++, at++) h[i] += value * w1[at];
  }
  const out = Float32Array.from(b2);
  for (let i = 0; i < hidden; i++) if (h[i] > 0) for (let o = 0, at = i * outputs; o < outputs; o++, at++) out[o] += h[i] * w2[at];
  const most = out.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (let o = 0; o < outputs; o++) sum += out[o] = Math.exp(out[o] - most);
  return out.map((value) => value / sum);
}
