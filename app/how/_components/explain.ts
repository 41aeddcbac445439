import { forwardAll } from "../../../lib/mlp/forward-all.ts";
import { referenceKernels } from "../../../lib/mlp/kernels/reference-kernels.ts";
import type { Model } from "../../../lib/mlp/model.ts";
import { createNetwork, type Network } from "../../../lib/mlp/network.ts";
import { reshapeImages } from "../../../lib/mlp/reshape/reshape-images.ts";
import { trainStep } from "../../../lib/mlp/train-step.ts";
import { createWorkspace } from "../../../lib/mlp/workspace.ts";

/** One digit's way through one network (the first of a committee), forward and back, in its own numbers. */
export interface Explanation {
  /** Activations of every layer: x, hidden layers, probabilities p. */
  readonly layers: readonly Float32Array[];
  /** The scores z before the softmax. */
  readonly scores: Float64Array;
  readonly best: number;
  /** The unit of the first hidden layer that this digit excites most. */
  readonly unit: {
    readonly index: number;
    readonly weights: Float32Array;
    readonly products: Float32Array;
    readonly bias: number;
    readonly sum: number;
    readonly activation: number;
    /** Error that comes back to it. */
    readonly delta: number;
    /** The gradient of its weights: products of its error with the pixels. */
    readonly gradient: Float32Array;
  };
  readonly loss: number;
  /** p - y at the output. */
  readonly outputErrors: Float64Array;
  /** One weight of the last layer: from the most active unit below to the true class. */
  readonly weight: {
    readonly from: number;
    readonly activation: number;
    readonly gradient: number;
    readonly before: number;
    readonly after: number;
  };
  readonly rate: number;
  /** Loss on the same digit after one step on it alone. */
  readonly lossAfter: number;
}

/** @param image 784 bytes, 255 = ink. @param truth index of the class it should be. @param rate of the one step at the end */
export function explainDigit(model: Model, image: Uint8Array, { truth, rate }: { truth: number; rate: number }): Explanation {
  const layers = forwardAll(model, image);
  const L = model.networks[0].layers.length;
  const scores = computeScores(model, layers);
  const best = layers[L].indexOf(Math.max(...layers[L]));

  // the same functions that train: one example, plain kernels
  const network = copyNetwork(model);
  const velocity = createNetwork(model.layers, network.activation, (n) => new Float64Array(n));
  const workspace = createWorkspace(model.layers, 1, { kernels: referenceKernels, errors: true });
  const seen = reshapeImages(model.meta.reshapes[0], image, 1);
  for (let i = 0; i < seen.length; i++) workspace.a[0][i] = seen[i] / 255;
  const { loss } = trainStep(referenceKernels, { network, velocity, workspace }, { labels: Uint8Array.of(truth), B: 1, rate, momentum: 0 });
  const after = forwardAll({ ...model, networks: [toFloat32(network)] }, image)[L][truth];

  const outputErrors = Float64Array.from(workspace.d[L]);
  const from = indexOfLargest(layers[L - 1]);
  const C = model.layers[L];
  const at = from * C + truth;
  const lastLayer = L - 1;
  return {
    layers,
    scores,
    best,
    unit: explainUnit(model, layers, L > 1 ? workspace.d[1] : workspace.d[L]),
    loss,
    outputErrors,
    weight: {
      from,
      activation: layers[L - 1][from],
      gradient: layers[L - 1][from] * outputErrors[truth],
      before: model.networks[0].layers[lastLayer].w[at],
      after: network.layers[lastLayer].w[at],
    },
    rate,
    lossAfter: -Math.log(Math.max(after, Number.MIN_VALUE)),
  };
}

/** The highest learning rate of the model's own training, without momentum's help; 0.1 where its record is gone. */
export function rateOf(model: Model): number {
  return model.meta.records[0]?.settings.rate ?? 0.1;
}

function explainUnit(model: Model, layers: readonly Float32Array[], errors: ArrayLike<number>): Explanation["unit"] {
  const x = layers[0];
  const { w, b } = model.networks[0].layers[0];
  const O = model.layers[1];
  const index = indexOfLargest(layers[1]);
  const weights = Float32Array.from(x, (_, i) => w[i * O + index]);
  const products = weights.map((weight, i) => weight * x[i]);
  const sum = products.reduce((total, product) => total + product, b[index]);
  const delta = errors[index];
  return { index, weights, products, bias: b[index], sum, activation: layers[1][index], delta, gradient: x.map((value) => value * delta) };
}

function computeScores(model: Model, layers: readonly Float32Array[]): Float64Array {
  const below = layers[layers.length - 2];
  const { w, b } = model.networks[0].layers[model.networks[0].layers.length - 1];
  const C = b.length;
  return Float64Array.from(b, (bias, c) => below.reduce((sum, value, i) => sum + value * w[i * C + c], bias));
}

function copyNetwork(model: Model): Network {
  const [network] = model.networks;
  return { ...network, layers: network.layers.map(({ w, b }) => ({ w: Float64Array.from(w), b: Float64Array.from(b) })) };
}

function toFloat32(network: Network): Network {
  return { ...network, layers: network.layers.map(({ w, b }) => ({ w: Float32Array.from(w), b: Float32Array.from(b) })) };
}

function indexOfLargest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
