import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wholePower } from "../../../lib/core/whole-power.ts";
import { referenceKernels } from "../../../lib/mlp/kernels/reference-kernels.ts";
import { learningRate } from "../../../lib/mlp/learning-rate.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../../lib/mlp/model-file/checkpoint.ts";
import { decodeNetwork, encodeWeights } from "../../../lib/mlp/model-file/network-bytes.ts";
import { joinPieces } from "../../../lib/mlp/model-file/pieces.ts";
import { listArrays, type Network } from "../../../lib/mlp/network.ts";
import { Trainer } from "../../../lib/mlp/trainer.ts";
import { parseTrainerSettings, type TrainerSettingsInput, trainerSettingsSchema } from "../../../lib/mlp/training-settings.ts";
import { simdOnPlainArrays } from "../../support/simd-on-plain-arrays.ts";
import { buildStripedSet } from "../../support/striped-set.ts";

const CLASSES = ["0", "1", "7"];
const DATA = buildStripedSet(205, { side: 8, classes: 3, seed: 5 });
const VALIDATION = buildStripedSet(60, { side: 8, classes: 3, seed: 6 });
const BASE = { sizes: [64, 12, 9, 3], epochs: 3, batch: 16, seed: 42 };
const ADAM = { kind: "adam" } as const;
const OPTIONS: Record<string, Partial<TrainerSettingsInput>> = {
  nesterov: { optimizer: { kind: "sgd", nesterov: true } },
  adam: { optimizer: ADAM, rate: 0.01 },
  "weight decay": { regularization: { weightDecay: 0.01 } },
  smoothing: { regularization: { labelSmoothing: 0.1 } },
  dropout: { regularization: { dropout: { input: 0.1, hidden: 0.3 } } },
  "max-norm": { regularization: { maxNorm: 1 } },
  "squared error": { loss: "squared-error" },
  "step schedule": { schedule: { kind: "step", every: 1, factor: 0.5 } },
  "constant schedule": { schedule: { kind: "constant", warmUp: 0.1 } },
  "moving average": { averaging: { decay: 0.9, every: 3 } },
  "best epoch": { stopping: { keep: "best" } },
  "all at once": {
    optimizer: ADAM,
    rate: 0.005,
    loss: "squared-error",
    activation: "tanh",
    augment: "elastic",
    regularization: { weightDecay: 0.01, labelSmoothing: 0.1, dropout: { input: 0.1, hidden: 0.2 }, maxNorm: 3 },
    averaging: { decay: 0.9, every: 4 },
    stopping: { keep: "best", patience: 2 },
  },
};

function bytesOf(...networks: (Network | null | undefined)[]): string {
  return networks
    .flatMap((network) => (network ? listArrays(network) : []))
    .map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength).toString("base64"))
    .join();
}

/** The network that is kept, as a file would have it. */
function takeChosen(trainer: Trainer, validationError: number | null): Network {
  const { network } = trainer.choose(validationError);
  return decodeNetwork(joinPieces(encodeWeights(network, "f32")), { ...network, format: "f32" });
}

/** All that a training ends with. */
function finish(trainer: Trainer): string {
  while (!trainer.done) if (trainer.step().ended) trainer.judge(trainer.measureErrorRate(VALIDATION));
  const { network, velocity, squares, average, best } = trainer.state;
  return [
    bytesOf(network, velocity, squares, average, best?.network, takeChosen(trainer, null)),
    best?.epoch,
    best?.validationError,
  ].join();
}

describe.each(Object.entries(OPTIONS))("a training with %s", (_, options) => {
  const settings = parseTrainerSettings({ ...BASE, ...options });

  it("learns", () => {
    const trainer = new Trainer(DATA, { ...settings, epochs: 12 }, { classes: CLASSES });
    finish(trainer);
    expect(trainer.measureErrorRate(VALIDATION)).toBeLessThan(0.15);
  });

  it.each([1, 13, 20, 27])("ends bit for bit the same when resumed from the checkpoint after %i steps", (steps) => {
    const whole = finish(new Trainer(DATA, settings, { classes: CLASSES }));
    const interrupted = new Trainer(DATA, settings, { classes: CLASSES });
    for (let k = 0; k < steps; k++) if (interrupted.step().ended) interrupted.judge(interrupted.measureErrorRate(VALIDATION));
    const saved = { settings, classes: CLASSES, dataHash: "x", seconds: 1, curve: [], state: interrupted.state };
    const read = decodeCheckpoint(joinPieces(encodeCheckpoint(saved)));
    expect(read.settings).toEqual(settings);
    expect(finish(new Trainer(DATA, read.settings, { classes: CLASSES, state: read.state }))).toBe(whole);
  });
});

describe("early stopping", () => {
  it("ends after so many epochs without a better validation error, and keeps the first of the best", () => {
    const settings = { ...BASE, epochs: 50, stopping: { patience: 3, keep: "best" } } as const;
    const trainer = new Trainer(DATA, settings, { classes: CLASSES });
    const errors = [0.5, 0.2, 0.3, 0.2, 0.25];
    const networks: string[] = [];
    while (!trainer.done) {
      const { ended } = trainer.step();
      if (!ended) continue;
      trainer.judge(errors[ended.epoch - 1]!);
      networks.push(bytesOf(trainer.network));
    }
    expect(networks.length).toBe(5);
    expect(trainer.choose(null).epochs).toBe(2);
    expect(bytesOf(takeChosen(trainer, null))).toBe(networks[1]);
    expect(bytesOf(takeChosen(trainer, 0.2))).toBe(networks[1]);
    expect(bytesOf(takeChosen(trainer, 0.1))).toBe(networks[4]);
  });
});

describe("the moving average", () => {
  it("of every step is the weighted mean of the weights so far", () => {
    const trainer = new Trainer(DATA, { ...BASE, averaging: { decay: 0.8, every: 1 } }, { classes: CLASSES });
    const expected = { sum: 0, share: 0 };
    for (let t = 0; t < 30; t++) {
      trainer.step();
      expected.sum = 0.8 * expected.sum + trainer.state.network.layers[0]!.w[100]!;
      expected.share = 0.8 * expected.share + 1;
      expect(trainer.network.layers[0]!.w[100]).toBeCloseTo(expected.sum / expected.share, 6);
    }
  });

  it("predicts once there is one, and is what is measured", () => {
    const trainer = new Trainer(DATA, { ...BASE, averaging: { decay: 0.9, every: 5 } }, { classes: CLASSES });
    for (let t = 1; t < 5; t++) trainer.step();
    expect(bytesOf(trainer.network)).toBe(bytesOf(trainer.state.network));
    trainer.step();
    expect(bytesOf(trainer.network)).toBe(bytesOf(trainer.state.average));
    trainer.step();
    expect(bytesOf(trainer.network)).not.toBe(bytesOf(trainer.state.network));
  });
});

describe("dropout", () => {
  it("drops its part, leaves zeros zero, keeps the mean, and gives the same mask to all kernels", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 0xffff_ffff }), (tenths, seed) => {
        const options = { B: 40, I: 101, rate: tenths / 10, seed };
        const x = Float32Array.from({ length: 4040 }, (_, k) => (k % 7 === 0 ? 0 : 1));
        const y = Float64Array.from(x);
        simdOnPlainArrays("separate").dropOut(x, options);
        referenceKernels.dropOut(y, options);
        expect(Array.from(x, (v) => v > 0)).toEqual(Array.from(y, (v) => v > 0));
        for (let k = 0; k < x.length; k += 7) expect(x[k]).toBe(0);
        const lit = x.filter((_, k) => k % 7 !== 0);
        const kept = lit.filter((v) => v > 0).length / lit.length;
        // Five standard deviations.
        expect(Math.abs(kept - (1 - options.rate))).toBeLessThan(5 * Math.sqrt((options.rate * (1 - options.rate)) / lit.length));
      }),
      { numRuns: 60 },
    );
  });
});

describe("max-norm", () => {
  it("holds for every unit after every step", () => {
    const trainer = new Trainer(DATA, { ...BASE, regularization: { maxNorm: 0.9 } }, { classes: CLASSES });
    for (let t = 0; t < 20; t++) {
      trainer.step();
      trainer.network.layers.forEach(({ w, b }) => {
        const O = b.length;
        for (let o = 0; o < O; o++) expect(Math.hypot(...w.filter((_, k) => k % O === o))).toBeLessThan(0.9 * (1 + 1e-5));
      });
    }
  });
});

describe("the learning rate", () => {
  const at = (schedule: TrainerSettingsInput["schedule"], fraction: number, epochs = 10) =>
    learningRate(fraction, parseTrainerSettings({ ...BASE, rate: 0.5, epochs, ...(schedule && { schedule }) }));

  it("rises over the warm-up and goes as the schedule says", () => {
    expect(at({ kind: "constant", warmUp: 0.2 }, 0.1)).toBeCloseTo(0.25, 12);
    expect(at({ kind: "constant", warmUp: 0.2 }, 0.9)).toBe(0.5);
    expect(at({ kind: "constant", warmUp: 0 }, 0)).toBe(0.5);
    expect([0.05, 0.35, 0.65, 0.95].map((f) => at({ kind: "step", every: 3, factor: 0.5 }, f))).toEqual([0.5, 0.25, 0.125, 0.0625]);
    expect(at({ kind: "cosine", warmUp: 0, final: 0.1 }, 1)).toBeCloseTo(0.1, 12);
  });

  it("of the cosine is Math.cos's to the last places", () => {
    for (let k = 0; k <= 1000; k++) {
      const expected = 1e-5 + ((0.5 - 1e-5) * (1 + Math.cos((Math.PI * k) / 1000))) / 2;
      expect(Math.abs(at({ kind: "cosine", warmUp: 0 }, k / 1000) - expected)).toBeLessThan(2e-16);
    }
  });

  it("uses powers by multiplication", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(2000), (base, n) => {
        expect(wholePower(base, n)).toBeCloseTo(base ** n, 12);
      }),
    );
  });
});

describe("any number of classes", () => {
  const ALL = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
  it.each([10, 26, 47, 62])("%i can be learned", (C) => {
    const labels = Uint8Array.from({ length: 20 * C }, (_, n) => n % C);
    const images = Uint8Array.from({ length: labels.length * 64 }, (_, k) => ((Math.floor(k / 64) % C) + 1 === k % 64 ? 255 : (k * 7) % 9));
    for (const loss of ["cross-entropy", "squared-error"] as const) {
      const settings = { sizes: [64, 80, C], epochs: 30, batch: 20, rate: loss === "cross-entropy" ? 0.1 : 0.4, loss };
      const trainer = new Trainer({ images, labels }, settings, { classes: ALL.slice(0, C) });
      while (!trainer.done) trainer.step();
      expect(trainer.measureErrorRate({ images, labels })).toBeLessThan(0.05);
    }
  });
});

describe("settings", () => {
  it("of old records have the momentum by itself", () => {
    expect(trainerSettingsSchema.parse({ ...BASE, momentum: 0.7 }).optimizer).toEqual({ kind: "sgd", momentum: 0.7, nesterov: false });
  });

  it.each<[Partial<TrainerSettingsInput>, RegExp]>([
    [{ regularization: { weightDecay: -1 } }, /weight decay must be a number of at least 0 and at most 1, not -1/],
    [{ regularization: { dropout: { hidden: 1 } } }, /dropout of hidden units must be a number of at least 0 and below 1, not 1/],
    [{ regularization: { labelSmoothing: Number.NaN } }, /label smoothing must be a number .* not NaN/],
    [{ regularization: { maxNorm: 0 } }, /largest norm must be a number above 0, not 0/],
    [{ averaging: { decay: 1 } }, /average's decay/],
    [{ stopping: { patience: 0.5 } }, /patience must be a whole number/],
    [{ optimizer: { kind: "adam", epsilon: 0 } }, /Adam's epsilon/],
    [{ schedule: { kind: "step", factor: 0 } }, /factor of the learning rate's steps/],
  ])("%j is refused", (change, message) => {
    expect(() => new Trainer(DATA, { ...BASE, ...change }, { classes: CLASSES })).toThrow(message);
  });
});

it.each([
  { optimizer: ADAM, rate: 1e6 },
  { loss: "squared-error", rate: 1e20 },
  { rate: 1e6, averaging: {} },
] as const)("a training that diverges is refused: %j", (change) => {
  const trainer = new Trainer(DATA, { ...BASE, ...change, epochs: 40 }, { classes: CLASSES });
  expect(() => finish(trainer)).toThrow(/diverged in epoch \d+.*learning rate below/s);
});
