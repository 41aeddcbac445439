import { describe, expect, it } from "vitest";
import { initializeNetwork } from "../../../lib/mlp/initialize-network.ts";
import { keepUnlearned } from "../../../lib/mlp/keep-unlearned.ts";
import type { CreateKernels, UpdateRule } from "../../../lib/mlp/kernels/kernels.ts";
import { referenceKernels } from "../../../lib/mlp/kernels/reference-kernels.ts";
import { createSimdKernels } from "../../../lib/mlp/kernels/simd/create-simd-kernels.ts";
import { sparseKernels } from "../../../lib/mlp/kernels/sparse-kernels.ts";
import { createNetwork, listArrays, type Network } from "../../../lib/mlp/network.ts";
import { placeNetwork, readNetwork } from "../../../lib/mlp/place-network.ts";
import { trainStep } from "../../../lib/mlp/train-step.ts";
import { createWorkspace } from "../../../lib/mlp/workspace.ts";
import { buildStripedSet } from "../../support/striped-set.ts";

const SIZES = [64, 30, 20, 3];
const B = 23;
const DATA = buildStripedSet(B, { side: 8, classes: 3, seed: 5 });

const RULES = {
  momentum: { rate: 0.2, momentum: 0.9 },
  Nesterov: { rate: 0.2, momentum: 0.9, nesterov: true, weightDecay: 0.01 },
  Adam: { rate: 0.01, momentum: 0.9, adam: { beta2: 0.99, epsilon: 1e-8, correction1: 1, correction2: 1 } },
  "max-norm": { rate: 0.2, momentum: 0.9, maxNorm: 2 },
} satisfies Record<string, UpdateRule>;

/** The network after `steps` steps on one and the same mini-batch. */
function train(create: CreateKernels, options: { steps: number; skipBelow: number; zeroBelow?: number; rule?: UpdateRule }): Network {
  const allocate = (length: number): Float32Array => new Float32Array(length);
  const kernels = create({ sizes: SIZES, B, training: true, copies: 1 });
  const network = placeNetwork(kernels, initializeNetwork(SIZES, { activation: "relu", seed: 3, allocate }));
  const zeros = createNetwork(SIZES, "relu", allocate);
  const velocity = placeNetwork(kernels, zeros);
  const squares = placeNetwork(kernels, zeros);
  const workspace = createWorkspace(SIZES, B, { kernels, errors: true });
  const labels = kernels.allocateBytes(B);
  // What skipping is held against: all examples stay, but errors below the limit are set to zero.
  const { zeroBelow = 0, rule = RULES.momentum } = options;
  const loss: typeof kernels.softmaxCrossEntropy = (d, z, labels, shape) => {
    const result = kernels.softmaxCrossEntropy(d, z, labels, shape);
    for (let b = 0; b < B; b++) {
      const row = d.subarray(b * 3, b * 3 + 3);
      if (row.every((value) => Math.abs(value) < zeroBelow)) row.fill(0);
    }
    return result;
  };
  for (let step = 0; step < options.steps; step++) {
    workspace.a[0]!.set(Array.from(DATA.images, (byte) => byte / 255));
    labels.set(DATA.labels);
    trainStep(
      // The errors are looked at between two kernels.
      { ...kernels, softmaxCrossEntropy: loss, together: (work) => work() },
      { network, velocity, squares, workspace },
      { labels, B, ...rule, skipBelow: options.skipBelow },
    );
  }
  return readNetwork(kernels, network);
}

function worstDifference(a: Network, b: Network): number {
  const others = listArrays(b);
  return Math.max(...listArrays(a).map((array, k) => Math.max(...Array.from(array, (value, n) => Math.abs(value - others[k]![n]!)))));
}

describe("skipping learned examples", () => {
  const kinds: [string, CreateKernels][] = [
    ["reference", () => referenceKernels],
    ["TypeScript", () => sparseKernels],
    ["WebAssembly", createSimdKernels],
  ];
  // With 0.5 all examples are learned before the end: the last steps have none.
  it.each(kinds.flatMap(([name, create]) => [0.05, 0.5].map((below) => ({ name, create, below }))))(
    "learns as if their errors were zero ($name, below $below)",
    ({ create, below }) => {
      const skipping = train(create, { steps: 200, skipBelow: below });
      const zeroing = train(create, { steps: 200, skipBelow: 0, zeroBelow: below });
      expect(worstDifference(skipping, zeroing)).toBeLessThan(1e-6);
      expect(worstDifference(skipping, train(create, { steps: 200, skipBelow: 0 }))).toBeGreaterThan(1e-3);
    },
  );

  it.each(kinds.flatMap(([name, create]) => Object.entries(RULES).map(([optimizer, rule]) => ({ name, create, optimizer, rule }))))(
    "moves the weights by the mean over the whole mini-batch ($name, $optimizer)",
    ({ create, rule }) => {
      const skipping = train(create, { steps: 100, skipBelow: 0.2, rule });
      expect(worstDifference(skipping, train(create, { steps: 100, skipBelow: 0, zeroBelow: 0.2, rule }))).toBeLessThan(1e-6);
    },
  );

  it("keeps the order of what is left, with each layer's values, and an error that is no number", () => {
    const network = createNetwork([2, 3, 2], "relu", (length) => new Float32Array(length));
    const row = (b: number, size: number): number[] => Array.from({ length: size }, (_, k) => 10 * b + k);
    const a = [2, 3, 2].map((size) => Float32Array.from([0, 1, 2, 3].flatMap((b) => row(b, size))));
    const errors = Float32Array.from([0.01, -0.01, 0.5, -0.5, 0.019, -0.019, Number.NaN, 0]);
    const d = [new Float32Array(0), new Float32Array(12), errors];
    expect(keepUnlearned(network, { B: 4, a, d }, { B: 4, below: 0.02 })).toBe(2);
    expect([...a[0]!.subarray(0, 4)]).toEqual([...row(1, 2), ...row(3, 2)]);
    expect([...a[1]!.subarray(0, 6)]).toEqual([...row(1, 3), ...row(3, 3)]);
    expect([...errors.subarray(0, 4)]).toEqual([0.5, -0.5, Number.NaN, 0]);
  });
});
