import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { forwardPass } from "../../../lib/mlp/forward-pass.ts";
import { initializeNetwork } from "../../../lib/mlp/initialize-network.ts";
import type { Kernels } from "../../../lib/mlp/kernels/kernels.ts";
import { layerGradientReference } from "../../../lib/mlp/kernels/layer-gradient.reference.ts";
import { referenceKernels as kernels } from "../../../lib/mlp/kernels/reference-kernels.ts";
import { ACTIVATIONS, createNetwork, listArrays } from "../../../lib/mlp/network.ts";
import { trainStep } from "../../../lib/mlp/train-step.ts";
import { createWorkspace } from "../../../lib/mlp/workspace.ts";

/** A random network and mini-batch, in float64. */
function build(activation: (typeof ACTIVATIONS)[number], sizes: number[], seed: number) {
  const rng = new Rng(seed);
  const B = 6;
  const network = initializeNetwork(sizes, { activation, seed, allocate: kernels.allocate });
  for (const { b } of network.layers) for (let k = 0; k < b.length; k++) b[k] = 0.3 * rng.normal();
  const workspace = createWorkspace(sizes, B, { kernels, errors: true });
  for (let k = 0; k < workspace.a[0]!.length; k++) workspace.a[0]![k] = rng.float() < 0.5 ? 0 : rng.float();
  const labels = Uint8Array.from({ length: B }, () => rng.int(sizes.at(-1)!));
  const meanLoss = (): number => {
    forwardPass(kernels, network, workspace, B);
    const C = sizes.at(-1)!;
    return kernels.softmaxCrossEntropy(workspace.d.at(-1)!, workspace.a.at(-1)!, labels, { B, C }).loss / B;
  };
  return { B, network, workspace, labels, meanLoss };
}

describe.each(ACTIVATIONS)("gradients of %s networks against central differences (float64)", (activation) => {
  it.each([[[5, 3]], [[7, 6, 4]], [[9, 8, 7, 5]]])("%j: every weight and bias of every layer, within 1e-6 of the largest", (sizes) => {
    const { B, network, workspace, labels, meanLoss } = build(activation, sizes, 11);
    // With rate 1 and momentum 0 the velocity after a step is the negative gradient.
    const velocity = createNetwork(sizes, activation, kernels.allocate);
    const before = listArrays(network).map((array) => Float64Array.from(array));
    trainStep(kernels, { network, velocity, workspace }, { labels, B, rate: 1, momentum: 0 });
    listArrays(network).forEach((array, k) => {
      array.set(before[k]!);
    });
    const h = 1e-5;
    listArrays(network).forEach((array, a) => {
      const gradient = listArrays(velocity)[a]!;
      const largest = Math.max(1e-3, ...gradient.map(Math.abs));
      for (let k = 0; k < array.length; k++) {
        const kept = array[k]!;
        array[k] = kept + h;
        const up = meanLoss();
        array[k] = kept - h;
        const down = meanLoss();
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
