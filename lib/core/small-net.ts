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
 * Probabilities = softmax(relu(x w1 + b1) w2 + b2), the plain way; `openSmallNet` of lib/image is the fast one.
 * @param values x, as many as the network has inputs; those that are 0 cost no time
 * @returns its outputs' probabilities
 */
export function runSmallNet({ hidden, outputs, w1, b1, w2, b2 }: SmallNet, values: Float32Array): Float32Array {
  const h = Float64Array.from(b1);
  for (const [k, value] of values.entries()) if (value !== 0) for (let i = 0; i < hidden; i++) h[i] += value * w1[k * hidden + i];
  const z = Float64Array.from(b2);
  for (let i = 0; i < hidden; i++) if (h[i] > 0) for (let o = 0; o < outputs; o++) z[o] += h[i] * w2[i * outputs + o];
  return toProbabilities(z);
}

/** softmax(z); `z` is overwritten. */
export function toProbabilities(z: Float64Array): Float32Array {
  let most = z[0];
  for (let o = 1; o < z.length; o++) most = Math.max(most, z[o]);
  let sum = 0;
  for (let o = 0; o < z.length; o++) sum += z[o] = Math.exp(z[o] - most);
  const p = new Float32Array(z.length);
  for (let o = 0; o < z.length; o++) p[o] = z[o] / sum;
  return p;
}
