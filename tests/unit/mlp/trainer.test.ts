import { describe, expect, it } from "vitest";
import { decodeCheckpoint, encodeCheckpoint } from "../../../lib/mlp/model-file/checkpoint.ts";
import { joinPieces } from "../../../lib/mlp/model-file/pieces.ts";
import { listArrays, type Network } from "../../../lib/mlp/network.ts";
import { type EpochSummary, Trainer } from "../../../lib/mlp/trainer.ts";
import type { TrainerState } from "../../../lib/mlp/trainer-state.ts";
import { parseTrainerSettings, type TrainerSettings } from "../../../lib/mlp/training-settings.ts";
import { buildStripedSet } from "../../support/striped-set.ts";

const CLASSES = ["0", "1", "7"];
const DATA = buildStripedSet(205, { side: 8, classes: 3, seed: 5 });
const SETTINGS = parseTrainerSettings({
  sizes: [64, 12, 9, 3],
  activation: "relu",
  epochs: 4,
  batch: 16,
  rate: 0.1,
  optimizer: { kind: "sgd", momentum: 0.9 },
  augment: "none",
  seed: 42,
});

function run(settings: TrainerSettings, state?: TrainerState): { trainer: Trainer; epochs: EpochSummary[] } {
  const trainer = new Trainer(DATA, settings, { classes: CLASSES, state });
  const epochs: EpochSummary[] = [];
  while (!trainer.done) {
    const { ended } = trainer.step();
    if (ended) epochs.push(ended);
  }
  return { trainer, epochs };
}

function bytesOf(network: Network): string {
  return listArrays(network)
    .map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength).toString("base64"))
    .join();
}

describe("Trainer", () => {
  it("follows the loss curve pinned for seed 42 (our own numbers, so that a change is noticed)", () => {
    const { epochs } = run(SETTINGS);
    const pinned = [0.9064314684, 0.1076909709, 0.003453778345, 0.000271762665];
    epochs.forEach(({ loss }, k) => {
      expect(loss).toBeCloseTo(pinned[k]!, 5);
    });
    expect(epochs.at(-1)!.trainError).toBeLessThan(0.05);
  });

  it.each(["none", "affine", "elastic"] as const)("gives the same weights bit for bit for a seed, others for another (%s)", (augment) => {
    const first = bytesOf(run({ ...SETTINGS, augment }).trainer.network);
    expect(bytesOf(run({ ...SETTINGS, augment }).trainer.network)).toBe(first);
    expect(bytesOf(run({ ...SETTINGS, augment, seed: 43 }).trainer.network)).not.toBe(first);
  });

  it.each([1, 13, 14, 20, 51])("ends with the same weights and curve when resumed from the checkpoint after %i steps", (steps) => {
    const settings: TrainerSettings = { ...SETTINGS, augment: "elastic" };
    const whole = run(settings);
    const interrupted = new Trainer(DATA, settings, { classes: CLASSES });
    for (let k = 0; k < steps; k++) interrupted.step();
    const more = { settings, classes: CLASSES, dataHash: "x", seconds: 1, curve: [] };
    const saved = joinPieces(encodeCheckpoint({ ...more, state: interrupted.state }));
    expect(Buffer.compare(joinPieces(encodeCheckpoint({ ...more, state: interrupted.view })), saved)).toBe(0);
    const resumed = run(settings, decodeCheckpoint(saved).state);
    expect(bytesOf(resumed.trainer.network)).toBe(bytesOf(whole.trainer.network));
    expect(bytesOf(resumed.trainer.state.velocity)).toBe(bytesOf(whole.trainer.state.velocity));
    expect(resumed.epochs).toEqual(whole.epochs.slice(-resumed.epochs.length));
  });

  it("gives the same weights where the error is measured between mini-batches", () => {
    const settings: TrainerSettings = { ...SETTINGS, augment: "elastic", epochs: 1 };
    const measured = new Trainer(DATA, settings, { classes: CLASSES });
    while (!measured.done) {
      measured.step();
      measured.measureErrorRate({ images: DATA.images.subarray(64), labels: DATA.labels.subarray(1) });
    }
    expect(bytesOf(measured.network)).toBe(bytesOf(run(settings).trainer.network));
  });

  it("does not change the data", () => {
    const before = Buffer.from(DATA.images).toString("base64");
    run({ ...SETTINGS, augment: "elastic", epochs: 1 });
    expect(Buffer.from(DATA.images).toString("base64")).toBe(before);
  });

  it.each(["tanh", "logistic"] as const)("also learns with %s", (activation) => {
    expect(run({ ...SETTINGS, activation, rate: 0.3, epochs: 12 }).epochs.at(-1)!.trainError).toBeLessThan(0.1);
  });

  it("takes a batch larger than the data, and one example a batch", () => {
    expect(run({ ...SETTINGS, batch: 1000, epochs: 2 }).epochs.length).toBe(2);
    expect(run({ ...SETTINGS, batch: 1, epochs: 1, rate: 0.01 }).epochs.length).toBe(1);
  });
});

describe("Trainer refuses", () => {
  const refuse = (change: Partial<TrainerSettings>, data = DATA, classes = CLASSES) => {
    return expect(() => new Trainer(data, { ...SETTINGS, ...change }, { classes }));
  };
  const labels = (value: (n: number) => number) => ({ ...DATA, labels: DATA.labels.map((_, n) => value(n)) });

  it("an empty split", () => refuse({}, { images: new Uint8Array(0), labels: new Uint8Array(0) }).toThrow(/training split is empty/));
  it("images that do not fit the first layer", () => refuse({ sizes: [784, 3] }).toThrow(/205 x 784 = 160720 image bytes, but 13120 came/));
  it("a label outside", () =>
    refuse(
      {},
      labels((n) => (n === 7 ? 3 : n % 3)),
    ).toThrow(/Example 7 of the training split has label 3/));
  it("one class only", () =>
    refuse(
      {},
      labels(() => 1),
    ).toThrow(/Every example of the training split is "1"/));
  it("a last layer that is not the classes", () => refuse({ sizes: [64, 4] }).toThrow(/end the layers with 3/));
  it("a rate, momentum, batch, epochs that make no sense", () => {
    refuse({ rate: Number.NaN }).toThrow(/learning rate/);
    refuse({ rate: 0 }).toThrow(/learning rate/);
    refuse({ optimizer: { kind: "sgd", momentum: 1, nesterov: false } }).toThrow(/momentum/);
    refuse({ batch: 0.5 }).toThrow(/batch/);
    refuse({ epochs: 0 }).toThrow(/epochs/);
  });
  it("a hidden layer of no units", () => refuse({ sizes: [64, 0, 3] }).toThrow(/at least two layer sizes/));
  it("elastic augmentation of what is no square", () =>
    refuse({ sizes: [40, 3], augment: "elastic" }, { images: new Uint8Array(80), labels: Uint8Array.of(0, 1) }).toThrow(
      /40 inputs are no square/,
    ));

  it("to go on where the training diverges, and says what to change", () => {
    for (const rate of [10, 1e4, 1e30]) {
      expect(() => run({ ...SETTINGS, rate, epochs: 20 })).toThrow(/diverged in epoch \d+.*learning rate below/s);
    }
  });

  it("a checkpoint of another network", () => {
    const { trainer } = run({ ...SETTINGS, epochs: 1 });
    const build = () => new Trainer(DATA, { ...SETTINGS, sizes: [64, 5, 3] }, { classes: CLASSES, state: trainer.state });
    expect(build).toThrow(/saved network is 64-12-9-3/);
  });
});
