import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { initializeNetwork } from "../../../lib/mlp/initialize-network.ts";
import type { Kernels } from "../../../lib/mlp/kernels/kernels.ts";
import { layerGradientReference } from "../../../lib/mlp/kernels/layer-gradient.reference.ts";
import { referenceKernels as kernels } from "../../../lib/mlp/kernels/reference-kernels.ts";
import { ACTIVATIONS, createNetwork, listArrays } from "../../../lib/mlp/network.ts";
import { type Dropout, trainStep } from "../../../lib/mlp/train-step.ts";
import type { Loss } from "../../../lib/mlp/training-settings.ts";
import { createWorkspace } from "../../../lib/mlp/workspace.ts";

interface Variant {
  readonly name: string;
  readonly loss: Loss;
  readonly labelSmoothing: number;
  readonly dropout?: Dropout;
}
const VARIANTS: Variant[] = [
  { name: "cross-entropy", loss: "cross-entropy", labelSmoothing: 0 },
  { name: "cross-entropy with smoothed labels", loss: "cross-entropy", labelSmoothing: 0.1 },
  { name: "squared error", loss: "squared-error", labelSmoothing: 0 },
  { name: "squared error with smoothed labels", loss: "squared-error", labelSmoothing: 0.1 },
  {
    name: "cross-entropy with dropout",
    loss: "cross-entropy",
    labelSmoothing: 0,
    dropout: { input: 0.2, hidden: 0.5, seed: (l) => 77 + l },
  },
];
const CASES = ACTIVATIONS.flatMap((activation) => VARIANTS.map((variant) => ({ activation, variant, name: variant.name })));

/** A random network and mini-batch, in float64. */
function build(activation: (typeof ACTIVATIONS)[number], sizes: number[], seed: number) {
  const rng = new Rng(seed);
  const B = 6;
  const network = initializeNetwork(sizes, { activation, seed, allocate: kernels.allocate });
  for (const { b } of network.layers) for (let k = 0; k < b.length; k++) b[k] = 0.3 * rng.normal();
  const workspace = createWorkspace(sizes, B, { kernels, errors: true });
  const input = Float64Array.from({ length: B * sizes[0]! }, () => (rng.float() < 0.5 ? 0 : rng.float()));
  const labels = Uint8Array.from({ length: B }, () => rng.int(sizes.at(-1)!));
  return { B, network, workspace, labels, input };
}

describe.each(CASES)("gradients of $activation networks, $name, against central differences (float64)", ({ activation, variant }) => {
  it.each([[[5, 3]], [[7, 6, 4]], [[9, 8, 7, 5]]])("%j: every weight and bias of every layer, within 1e-6 of the largest", (sizes) => {
    const { B, network, workspace, labels, input } = build(activation, sizes, 11);
    const velocity = createNetwork(sizes, activation, kernels.allocate);
    /** A step of rate 0 changes nothing but the velocity, and says the loss. */
    const take = (rate: number): number => {
      workspace.a[0]!.set(input);
      return trainStep(kernels, { network, velocity, workspace }, { ...variant, labels, B, rate, momentum: 0 }).loss / B;
    };
    // With rate 1 and momentum 0 the velocity after a step is the negative gradient.
    const before = listArrays(network).map((array) => Float64Array.from(array));
    take(1);
    const gradients = listArrays(velocity).map((array) => Float64Array.from(array));
    listArrays(network).forEach((array, k) => {
      array.set(before[k]!);
    });
    const h = 1e-5;
    listArrays(network).forEach((array, a) => {
      const gradient = gradients[a]!;
      const largest = Math.max(1e-3, ...gradient.map(Math.abs));
      for (let k = 0; k < array.length; k++) {
        const kept = array[k]!;
        array[k] = kept + h;
        const up = take(0);
        array[k] = kept - h;
        const down = take(0);
        array[k] = kept;
        expect(Math.abs((up - down) / (2 * h) + gradient[k]!) / largest).toBeLessThan(1e-6);
      }
    });
  });
});

it("the softmax's errors are the loss's central differences by its inputs", () => {
  const rng = new Rng(3);
  const [B, C] = [3, 7];
  const z = Float64Array.from({ length: B * C }, () => 3 * rng.normal());
  const labels = Uint8Array.of(0, 6, 3);
  const d = new Float64Array(B * C);
  kernels.softmaxCrossEntropy(d, z, labels, { B, C });
  const lossAt = (k: number, delta: number): number => {
    const moved = Float64Array.from(z);
    moved[k] = moved[k]! + delta;
    return kernels.softmaxCrossEntropy(new Float64Array(B * C), moved, labels, { B, C }).loss;
  };
  for (let k = 0; k < B * C; k++) expect((lossAt(k, 1e-5) - lossAt(k, -1e-5)) / 2e-5).toBeCloseTo(d[k]!, 8);
});

it("the update uses the mean gradient that layerGradientReference gives", () => {
  const shape = { B: 2, I: 3, O: 2 };
  const x = Float64Array.of(1, 0, 2, 3, 0, 4);
  const d = Float64Array.of(0.5, -1, 0.25, 2);
  const g = { w: new Float64Array(6), b: new Float64Array(2) };
  layerGradientReference(g, x, d, shape);
  // By hand: w[0,0] = (1 * 0.5 + 3 * 0.25) / 2, w[2,1] = (2 * -1 + 4 * 2) / 2.
  expect(g.w[0]).toBe(0.625);
  expect(g.w[5]).toBe(3);
  expect([...g.b]).toEqual([0.375, 0.5]);
  const layer = { w: new Float64Array(6), b: new Float64Array(2) };
  const velocity = { w: new Float64Array(6).fill(1), b: new Float64Array(2) };
  (kernels satisfies Kernels).updateLayer(layer, velocity, { x, d }, { ...shape, rate: 2, momentum: 0.5 });
  expect(layer.w[5]).toBe(0.5 * 1 - 2 * 3);
  expect(layer.b[1]).toBe(-1);
});
