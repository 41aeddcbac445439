import { Rng } from "../../lib/core/rng.ts";
import { LINE_NET_INPUTS, LINE_NET_OUTPUTS, LINE_NET_REACH, type LineNet, sampleLineWindow } from "../../lib/page/nist-line-net.ts";
import { drawScene, SCENE_WIDTH, type Scene } from "./draw-scene.ts";

const BATCH = 128;
/** Scenes of which columns are drawn, and steps until they are drawn anew. */
const POOL = 256;
const POOL_STEPS = 40;
const RATE = 0.002;

/** Cross-entropy and share of wrong px of what was asked. */
export interface LineNetScore {
  readonly loss: number;
  readonly errorRate: number;
}

/**
 * Trains the network: Adam (Kingma and Ba 2015) on batches of 128 columns, cross-entropy over the px that are ink, warm-up of 200
 * steps, from half way on the rate falls in a straight line.
 * @param images MNIST's training images, n x 784
 * @param watch told the net now and then
 */
export function fitLineNet(
  images: Uint8Array,
  { hidden, steps, watch }: { hidden: number; steps: number; watch: (step: number, net: LineNet) => void },
): LineNet {
  const rng = new Rng(7);
  const net: LineNet = {
    hidden,
    w1: new Float32Array(LINE_NET_INPUTS * hidden),
    b1: new Float32Array(hidden),
    w2: new Float32Array(LINE_NET_OUTPUTS * hidden),
    b2: new Float32Array(LINE_NET_OUTPUTS),
  };
  const normal = (): number => {
    let sum = 0;
    for (let i = 0; i < 6; i++) sum += rng.float() - 0.5;
    return sum * 1.41;
  };
  for (let i = 0; i < net.w1.length; i++) net.w1[i] = normal() * Math.sqrt(2 / 300) * 0.5;
  for (let i = 0; i < net.w2.length; i++) net.w2[i] = normal() * Math.sqrt(2 / hidden) * 0.5;
  const parameters = [net.w1, net.b1, net.w2, net.b2];
  const zeros = (): Float32Array[] => parameters.map(({ length }) => new Float32Array(length));
  const [gradients, means, squares] = [zeros(), zeros(), zeros()];
  let pool: Scene[] = [];
  for (let step = 1; step <= steps; step++) {
    if ((step - 1) % POOL_STEPS === 0) pool = Array.from({ length: POOL }, () => drawScene(images, rng));
    for (const gradient of gradients) gradient.fill(0);
    for (let b = 0; b < BATCH; b++) {
      const scene = pool[rng.int(POOL)]!;
      addColumn(net, scene, scene.from + rng.int(Math.max(1, scene.to - scene.from)), gradients);
    }
    const fall = step > 0.5 * steps ? Math.max(0.02, (steps - step) / (0.5 * steps)) : 1;
    const rate = RATE * Math.min(1, step / 200) * fall;
    const [c1, c2] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    parameters.forEach((values, p) => {
      const [g, m, v] = [gradients[p]!, means[p]!, squares[p]!];
      for (let i = 0; i < values.length; i++) {
        const gradient = g[i]! / BATCH;
        m[i]! += 0.1 * (gradient - m[i]!);
        v[i]! += 0.001 * (gradient * gradient - v[i]!);
        values[i]! -= (rate * (m[i]! / c1)) / (Math.sqrt(v[i]! / c2) + 1e-8);
      }
    });
    if (step % 1000 === 0 || step === steps) watch(step, net);
  }
  return net;
}

/** How well the net does on scenes of other digits. */
export function scoreLineNet(net: LineNet, images: Uint8Array): LineNetScore {
  const rng = new Rng(99);
  let [loss, wrong, count] = [0, 0, 0];
  for (let k = 0; k < 200; k++) {
    const scene = drawScene(images, rng);
    for (let x = scene.from; x < scene.to; x += 5) {
      const column = addColumn(net, scene, x, null);
      loss += column.loss;
      wrong += column.wrong;
      count += column.count;
    }
  }
  return { loss: loss / count, errorRate: wrong / count };
}

const inputs = new Int32Array(LINE_NET_INPUTS);

/** One column forward and, with `gradients` (w1, b1, w2, b2), backward. */
function addColumn(net: LineNet, scene: Scene, x: number, gradients: readonly Float32Array[] | null) {
  const { hidden, w1, b1, w2, b2 } = net;
  const y = scene.middle[x]!;
  const n = sampleLineWindow(scene.ink, x, y, -1, inputs);
  const h = Float32Array.from(b1);
  const dh = new Float32Array(hidden);
  for (let k = 0; k < n; k++) {
    const row = inputs[k]! * hidden;
    for (let i = 0; i < hidden; i++) h[i]! += w1[row + i]!;
  }
  let [loss, wrong, count] = [0, 0, 0];
  for (let o = 0; o < LINE_NET_OUTPUTS; o++) {
    const at = (y - LINE_NET_REACH + o) * SCENE_WIDTH + x;
    if (scene.ink.data[at] === 0) continue;
    const row = o * hidden;
    let logit = b2[o]!;
    for (let i = 0; i < hidden; i++) if (h[i]! > 0) logit += w2[row + i]! * h[i]!;
    const p = 1 / (1 + Math.exp(-logit));
    const truth = scene.pen[at]!;
    loss -= Math.log(Math.max(1e-7, truth === 1 ? p : 1 - p));
    count++;
    if (p > 0.5 !== (truth === 1)) wrong++;
    if (gradients === null) continue;
    const error = p - truth;
    gradients[3]![o]! += error;
    for (let i = 0; i < hidden; i++) {
      if (h[i]! <= 0) continue;
      gradients[2]![row + i]! += error * h[i]!;
      dh[i]! += error * w2[row + i]!;
    }
  }
  if (gradients !== null) {
    for (let i = 0; i < hidden; i++) gradients[1]![i]! += dh[i]!;
    for (let k = 0; k < n; k++) {
      const row = inputs[k]! * hidden;
      for (let i = 0; i < hidden; i++) gradients[0]![row + i]! += dh[i]!;
    }
  }
  return { loss, wrong, count };
}
