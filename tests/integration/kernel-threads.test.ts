import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AugmentationKind } from "../../lib/mlp/augment/limits.ts";
import type { CreateKernels } from "../../lib/mlp/kernels/kernels.ts";
import { createSimdKernels, type StartThread } from "../../lib/mlp/kernels/simd/create-simd-kernels.ts";
import type { Rounding } from "../../lib/mlp/kernels/simd/kernel-module.ts";
import { listArrays, type Network } from "../../lib/mlp/network.ts";
import { Trainer } from "../../lib/mlp/trainer.ts";
import { prepareKernels } from "../../lib/server/threads/prepare-kernels.ts";
import { startKernelThread } from "../../lib/server/threads/start-kernel-thread.ts";
import { buildStripedSet } from "../support/striped-set.ts";

prepareKernels();

const CLASSES = ["0", "1", "7"];
const DATA = buildStripedSet(205, { side: 8, classes: 3, seed: 5 });

function bytesOf(network: Network): string {
  return listArrays(network)
    .map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength).toString("base64"))
    .join();
}

/** Two epochs with layers whose panels fall differently for each number of threads, of which only the large ones are shared out. */
function train(count: number, start = startKernelThread, augment: AugmentationKind = "none", rounding: Rounding = "fused") {
  const settings = { activation: "relu", epochs: 2, batch: 60, rate: 0.1, augment, seed: 4 } as const;
  const trainer = new Trainer(
    DATA,
    { ...settings, sizes: [64, 475, 233, 3] },
    { classes: CLASSES, kernels: (need) => createSimdKernels(need, { threads: { count, start }, rounding }) },
  );
  const losses: number[] = [];
  while (!trainer.done) losses.push(trainer.step().loss);
  const validation = trainer.measureErrorRate(DATA);
  trainer.end();
  return { losses, validation, weights: bytesOf(trainer.network), velocities: bytesOf(trainer.state.velocity) };
}

describe("kernels on several threads", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each([2, 3, 5])("%i give the weights of one, bit for bit", (count) => {
    expect(train(count)).toEqual(train(1));
  });

  it("so do those that are not fused, whose last digits are others", () => {
    const one = train(1, startKernelThread, "none", "separate");
    expect(train(2, startKernelThread, "none", "separate")).toEqual(one);
    expect(one.weights).not.toBe(train(1).weights);
  });

  it.each(["affine", "elastic"] as const)("distort alike, example by example (%s)", (augment) => {
    const one = train(1, startKernelThread, augment);
    expect(one.weights).not.toBe(train(1).weights);
    for (const count of [2, 3]) expect(train(count, startKernelThread, augment)).toEqual(one);
  });

  it.each([
    {
      name: "Adam, decay, dropout, max-norm, an average",
      options: {
        optimizer: { kind: "adam" },
        rate: 0.003,
        regularization: { weightDecay: 0.01, maxNorm: 1, labelSmoothing: 0.1, dropout: { input: 0.1, hidden: 0.4 } },
        averaging: { decay: 0.9, every: 2 },
      },
    },
    {
      name: "Nesterov, squared error, tanh",
      options: {
        optimizer: { kind: "sgd", nesterov: true },
        loss: "squared-error",
        activation: "tanh",
        regularization: { weightDecay: 0.01 },
      },
    },
  ] as const)("give alike with every option: $name", ({ options }) => {
    // Layers large enough that every command is shared out.
    const finish = (count: number) => {
      const settings = { sizes: [64, 1100, 1000, 3], epochs: 4, batch: 205, seed: 4, ...options };
      const kernels: CreateKernels = (need) => createSimdKernels(need, { threads: { count, start: startKernelThread } });
      const trainer = new Trainer(DATA, settings, { classes: CLASSES, kernels });
      while (!trainer.done) trainer.step();
      const { network, velocity, squares, average } = trainer.state;
      trainer.end();
      return [network, velocity, squares, average].map((part) => part && createHash("sha256").update(bytesOf(part)).digest("hex"));
    };
    const one = finish(1);
    for (const count of [2, 3]) expect(finish(count)).toEqual(one);
  });

  it("wait for none that does not come", () => {
    const one = train(1);
    const start = vi.fn();
    expect(train(3, start)).toEqual(one);
    expect(start).toHaveBeenCalledTimes(2);
  });

  it("give alike when one comes late, in the middle of a training", async () => {
    // The second thread starts by itself, the third only when this one lets the event loop turn.
    const late: Parameters<StartThread>[0][] = [];
    const start: StartThread = (thread) => (thread.t === 1 ? startKernelThread(thread) : late.push(thread));
    const kernels: CreateKernels = (need) => createSimdKernels(need, { threads: { count: 3, start } });
    const settings = { sizes: [64, 475, 233, 3], epochs: 40, batch: 60, rate: 0.1, seed: 4 };
    const together = new Trainer(DATA, settings, { classes: CLASSES, kernels });
    const alone = new Trainer(DATA, settings, { classes: CLASSES });
    for (let step = 0; !together.done; step++) {
      if (step % 20 === 10) {
        const thread = late.pop();
        if (thread) startKernelThread(thread);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(together.step()).toEqual(alone.step());
    }
    together.end();
    expect(bytesOf(together.network)).toBe(bytesOf(alone.network));
  });

  it("compute with one where memory cannot be shared", () => {
    const one = train(1);
    vi.stubGlobal("SharedArrayBuffer", undefined);
    const start = vi.fn();
    expect(train(3, start)).toEqual(one);
    expect(start).not.toHaveBeenCalled();
  });
});
