import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { averageNetwork } from "../../../lib/mlp/average-network.ts";
import type { Kernels } from "../../../lib/mlp/kernels/kernels.ts";
import { referenceKernels } from "../../../lib/mlp/kernels/reference-kernels.ts";
import { sparseKernels } from "../../../lib/mlp/kernels/sparse-kernels.ts";
import { learningRate } from "../../../lib/mlp/learning-rate.ts";
import { type Activation, createNetwork, type Network } from "../../../lib/mlp/network.ts";
import { ruleForStep } from "../../../lib/mlp/rule-for-step.ts";
import { trainStep } from "../../../lib/mlp/train-step.ts";
import { type Loss, parseTrainerSettings } from "../../../lib/mlp/training-settings.ts";
import { createWorkspace } from "../../../lib/mlp/workspace.ts";
import { prepareKernels } from "../../../lib/server/threads/prepare-kernels.ts";
import { simdOnPlainArrays } from "../../support/simd-on-plain-arrays.ts";

interface Case {
  activation: Activation;
  sizes: number[];
  batch: number;
  steps: number;
  momentum: number;
  rate: number;
  loss: Loss;
  labelSmoothing: number;
  nesterov: boolean;
  adam: { beta2: number; epsilon: number } | null;
  weightDecay: number;
  maxNorm: number | null;
  average: number | null;
  order: number[][];
  images: number[];
  labels: number[];
  weights: number[][];
  biases: number[][];
  expected: { losses: number[]; errors: number[]; weights: number[][]; biases: number[][] };
}
interface Numbers {
  numpy: string;
  cases: Case[];
}

const FOLDER = join(import.meta.dirname, "../../support");
const stored = JSON.parse(readFileSync(join(FOLDER, "mlp-numpy.json"), "utf8")) as Numbers;

const COSINE = { kind: "cosine", warmUp: 0.02, final: 1e-5 } as const;

prepareKernels();

/** Ten steps as in mlp-numpy.py, by lib/mlp. */
function train(kernels: Kernels, c: Case) {
  const network = createNetwork(c.sizes, c.activation, kernels.allocate);
  const [velocity, squares, average] = [1, 2, 3].map(() => createNetwork(c.sizes, c.activation, kernels.allocate)) as [
    Network,
    Network,
    Network,
  ];
  network.layers.forEach((layer, l) => {
    layer.w.set(c.weights[l]!);
    layer.b.set(c.biases[l]!);
  });
  const workspace = createWorkspace(c.sizes, c.batch, { kernels, errors: true });
  const I = c.sizes[0]!;
  const results = c.order.map((examples, t) => {
    examples.forEach((n, b) => {
      for (let i = 0; i < I; i++) workspace.a[0]![b * I + i] = c.images[n * I + i]! / 255;
    });
    const labels = Uint8Array.from(examples, (n) => c.labels[n]!);
    const rate = learningRate((t + 0.5) / c.steps, { rate: c.rate, schedule: COSINE, epochs: 1 });
    const { loss, labelSmoothing, momentum, nesterov, weightDecay, maxNorm } = c;
    const optimizer = c.adam ? { kind: "adam" as const, beta1: momentum, ...c.adam } : { kind: "sgd" as const, momentum, nesterov };
    const settings = parseTrainerSettings({ sizes: c.sizes, optimizer, regularization: { weightDecay, maxNorm } });
    const rule = ruleForStep(settings, { rate, t: t + 1 });
    const result = trainStep(kernels, { network, velocity, squares, workspace }, { labels, B: c.batch, loss, labelSmoothing, ...rule });
    if (c.average) averageNetwork(kernels, average, network, { decay: c.average, every: 1, t: t + 1 });
    return result;
  });
  return { network: c.average ? average : network, losses: results.map((r) => r.loss), errors: results.map((r) => r.errors) };
}

function expectAsNumpy(kernels: Kernels, c: Case, tolerance: number): void {
  const { network, losses, errors } = train(kernels, c);
  expect(errors).toEqual(c.expected.errors);
  expectClose(losses, c.expected.losses, tolerance);
  network.layers.forEach((layer, l) => {
    expectClose([...layer.w], c.expected.weights[l]!, tolerance);
    expectClose([...layer.b], c.expected.biases[l]!, tolerance);
  });
}

function expectClose(actual: number[], expected: number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const worst = Math.max(...actual.map((value, k) => Math.abs(value - expected[k]!)));
  expect(worst).toBeLessThanOrEqual(tolerance);
}

function runNumpy(): Numbers | null {
  for (const python of ["/usr/bin/python3", "python3"]) {
    const { status, stdout } = spawnSync(python, [join(FOLDER, "mlp-numpy.py")]);
    if (status === 0) return JSON.parse(stdout.toString()) as Numbers;
  }
  return null;
}

describe(`ten steps of training against NumPy ${stored.numpy}'s stored numbers`, () => {
  for (const c of stored.cases) {
    const options = [c.loss, c.adam ? "adam" : c.nesterov ? "nesterov" : "momentum"];
    if (c.labelSmoothing > 0) options.push("smoothed");
    if (c.weightDecay > 0) options.push("decay");
    if (c.maxNorm) options.push("max-norm");
    if (c.average) options.push("average");
    const name = `${c.sizes.join("-")} ${c.activation}, ${options.join(", ")}`;
    it(`${name}, float64 reference kernels: losses and weights within 1e-12`, () => expectAsNumpy(referenceKernels, c, 1e-12));
    it(`${name}, float32 kernels: within 2e-5`, () => expectAsNumpy(sparseKernels, c, 2e-5));
    it(`${name}, WebAssembly kernels: within 2e-5`, () => expectAsNumpy(simdOnPlainArrays("separate"), c, 2e-5));
    it(`${name}, fused WebAssembly kernels: within 2e-5`, () => expectAsNumpy(simdOnPlainArrays("fused"), c, 2e-5));
  }

  const live = runNumpy();
  it.skipIf(!live)("NumPy, run now, gives the stored numbers (needs NumPy)", () => {
    live!.cases.forEach((c, k) => {
      expectClose(c.expected.losses, stored.cases[k]!.expected.losses, 1e-12);
      expectAsNumpy(referenceKernels, c, 1e-12);
    });
  });
});
