import type { Rng } from "../../lib/core/rng.ts";
import { runSmallNet, type SmallNet } from "../../lib/core/small-net.ts";

/** What the network is to say of some inputs. */
export interface NetExample {
  readonly values: Float32Array;
  /** The output that is right. */
  readonly label: number;
}

export interface FitOptions {
  readonly hidden: number;
  readonly outputs: number;
  readonly epochs: number;
  readonly rng: Rng;
  /** Told the net now and then. */
  readonly watch?: (step: number, net: SmallNet) => void;
}

const BATCH = 64;
const RATE = 0.0015;
/** Of the weights, a step: they shrink by it times the rate. */
const DECAY = 0.03;

/** Trains a network: Adam (Kingma and Ba 2015) with decoupled decay (Loshchilov and Hutter 2019), cross-entropy, the rate falls in a straight line from a third on. */
export function fitSmallNet(examples: readonly NetExample[], { hidden, outputs, epochs, rng, watch }: FitOptions): SmallNet {
  const inputs = examples[0]!.values.length;
  const net: SmallNet = {
    inputs,
    hidden,
    outputs,
    w1: new Float32Array(inputs * hidden),
    b1: new Float32Array(hidden),
    w2: new Float32Array(hidden * outputs),
    b2: new Float32Array(outputs),
  };
  for (let i = 0; i < net.w1.length; i++) net.w1[i] = 0.08 * rng.normal();
  for (let i = 0; i < net.w2.length; i++) net.w2[i] = Math.sqrt(1 / hidden) * rng.normal();
  const parameters = [net.w1, net.b1, net.w2, net.b2];
  const zeros = (): Float32Array[] => parameters.map(({ length }) => new Float32Array(length));
  const [gradients, means, squares] = [zeros(), zeros(), zeros()];
  const steps = Math.floor((examples.length * epochs) / BATCH);
  let order = rng.shuffle(Uint32Array.from(examples.keys()));
  let at = 0;
  for (let step = 1; step <= steps; step++) {
    for (const gradient of gradients) gradient.fill(0);
    for (let b = 0; b < BATCH; b++) {
      if (at === order.length) [order, at] = [rng.shuffle(order), 0];
      addExample(net, examples[order[at++]!]!, gradients);
    }
    const rate = RATE * Math.min(1, step / 200) * Math.min(1, (1.5 * (steps - step)) / steps);
    const [c1, c2] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    parameters.forEach((values, p) => {
      const [g, m, v] = [gradients[p]!, means[p]!, squares[p]!];
      for (let i = 0; i < values.length; i++) {
        const gradient = g[i]! / BATCH;
        m[i]! += 0.1 * (gradient - m[i]!);
        v[i]! += 0.001 * (gradient * gradient - v[i]!);
        values[i]! -= rate * (m[i]! / c1 / (Math.sqrt(v[i]! / c2) + 1e-8) + DECAY * values[i]!);
      }
    });
    if (step % 1000 === 0 || step === steps) watch?.(step, net);
  }
  return net;
}

/** Mean cross-entropy, and the share of examples that are taken for another class. */
export function scoreSmallNet(net: SmallNet, examples: readonly NetExample[]): { loss: number; errorRate: number } {
  let [loss, wrong] = [0, 0];
  for (const { values, label } of examples) {
    const p = runSmallNet(net, values);
    loss -= Math.log(Math.max(1e-9, p[label]!));
    if (p.indexOf(Math.max(...p)) !== label) wrong++;
  }
  return { loss: loss / examples.length, errorRate: wrong / examples.length };
}

/** @param gradients of w1, b1, w2, b2 */
function addExample(
  { inputs, hidden, outputs, w1, b1, w2, b2 }: SmallNet,
  { values, label }: NetExample,
  gradients: readonly Float32Array[],
): void {
  const h = Float32Array.from(b1);
  const inked: number[] = [];
  for (let k = 0; k < inputs; k++) {
    const value = values[k]!;
    if (value === 0) continue;
    inked.push(k);
    for (let i = 0, w = k * hidden; i < hidden; i++, w++) h[i]! += value * w1[w]!;
  }
  const out = Float32Array.from(b2);
  for (let i = 0; i < hidden; i++) if (h[i]! > 0) for (let o = 0; o < outputs; o++) out[o]! += h[i]! * w2[i * outputs + o]!;
  const most = Math.max(...out);
  let sum = 0;
  for (let o = 0; o < outputs; o++) sum += out[o] = Math.exp(out[o]! - most);
  for (let o = 0; o < outputs; o++) {
    out[o] = out[o]! / sum - (o === label ? 1 : 0);
    gradients[3]![o]! += out[o]!;
  }
  const back = new Float32Array(hidden);
  for (let i = 0; i < hidden; i++) {
    if (h[i]! <= 0) continue;
    let error = 0;
    for (let o = 0, w = i * outputs; o < outputs; o++, w++) {
      error += out[o]! * w2[w]!;
      gradients[2]![w]! += out[o]! * h[i]!;
    }
    back[i] = error;
    gradients[1]![i]! += error;
  }
  for (const k of inked) {
    const value = values[k]!;
    for (let i = 0, w = k * hidden; i < hidden; i++, w++) gradients[0]![w]! += value * back[i]!;
  }
}
