import { describe, expect, it } from "vitest";
import { type CurvePoint, trainSettingsSchema } from "../../lib/contracts/runs.ts";
import type { KernelNeed } from "../../lib/mlp/kernels/kernels.ts";
import { createSimdKernels } from "../../lib/mlp/kernels/simd/create-simd-kernels.ts";
import type { Rounding } from "../../lib/mlp/kernels/simd/kernel-module.ts";
import { decodeCheckpoint } from "../../lib/mlp/model-file/checkpoint.ts";
import { decodeModel } from "../../lib/mlp/model-file/decode-model.ts";
import { joinPieces } from "../../lib/mlp/model-file/pieces.ts";
import { predict } from "../../lib/mlp/predict.ts";
import { prepareKernels } from "../../lib/server/threads/prepare-kernels.ts";
import { type TrainListener, type TrainRequest, trainNetwork } from "../../lib/train/train-network.ts";
import { buildStripedSet } from "../support/striped-set.ts";
import { trainInNode } from "../support/train-in-node.ts";

const CLASSES = ["0", "1", "2", "3"];
const TRAIN = buildStripedSet(2000, { side: 28, classes: 4, seed: 1 });
const VALIDATION = buildStripedSet(200, { side: 28, classes: 4, seed: 2 });

function request(change: object = {}, more: Partial<TrainRequest> = {}): TrainRequest {
  const settings = trainSettingsSchema.parse({ hidden: [24], epochs: 5, augment: "affine", ...change });
  return { train: TRAIN, validation: VALIDATION, classes: CLASSES, settings, ...more };
}

/** Keeps what is reported; stops at the first point at or after `stopAt` epochs. */
function listen(stopAt = Number.POSITIVE_INFINITY) {
  const points: CurvePoint[] = [];
  const checkpoints: Uint8Array[] = [];
  let stopped = false;
  const listener: TrainListener = {
    onPoint: (point) => {
      points.push(point);
      if (point.epoch >= stopAt) stopped = true;
    },
    onCheckpoint: (checkpoint) => void checkpoints.push(joinPieces(checkpoint)),
    isStopped: () => stopped,
  };
  return { listener, points, checkpoints };
}

/** The weights of an .ink file, without the record, whose times differ. */
function weightsOf(file: Uint8Array): string {
  return decodeModel(file)
    .networks[0]!.layers.map(({ w, b }) => `${w.join()};${b.join()}`)
    .join("\n");
}

describe("trainNetwork", () => {
  it("trains, reports the curve, and gives a model that reads the validation split", async () => {
    const { listener, points, checkpoints } = listen();
    const result = await trainInNode(request(), listener);
    expect(result.stopped).toBe(false);
    const ends = points.filter((p) => p.trainError !== null);
    expect(ends.map((p) => p.epoch)).toEqual([1, 2, 3, 4, 5]);
    expect(ends.at(-1)!.validationError).toBeLessThan(0.02);
    expect(ends.at(-1)!.loss).toBeLessThan(ends[0]!.loss / 2);
    expect(ends.every((p) => p.samplesPerSecond > 0)).toBe(true);
    expect(checkpoints.length).toBeGreaterThanOrEqual(5);
    const model = decodeModel(result.model);
    expect(model.layers).toEqual([784, 24, 4]);
    expect(model.meta.records[0]).toMatchObject({ examples: 2000, seed: 1, epochs: 5, settings: { augment: "affine" } });
    const p = predict(model, VALIDATION.images, 200);
    const wrong = [...VALIDATION.labels].filter((label, n) => Math.max(...p.subarray(n * 4, n * 4 + 4)) !== p[n * 4 + label]);
    expect(wrong.length / 200).toBe(ends.at(-1)!.validationError);
  });

  it("gives no point of the curve a time after the checkpoint that holds it", async () => {
    // Short epochs, so that a rounding of their times shows.
    const { listener, checkpoints } = listen();
    await trainInNode(request({ epochs: 40, hidden: [4], augment: "none" }), listener);
    const late = checkpoints.map(decodeCheckpoint).filter(({ curve, seconds }) => curve.some((point) => point.seconds > seconds));
    expect(checkpoints.length).toBeGreaterThanOrEqual(40);
    expect(late).toEqual([]);
  });

  it("gives the same weights for any number of threads", async () => {
    const one = await trainInNode(request({ threads: 1, epochs: 1 }), listen().listener);
    const two = await trainInNode(request({ threads: 2, epochs: 1 }), listen().listener);
    expect(weightsOf(two.model)).toBe(weightsOf(one.model));
  });

  it("stops when asked, keeps what is there, and resumed ends with the weights of an uninterrupted training, bit for bit", async () => {
    const whole = await trainInNode(request(), listen().listener);
    const first = listen(2);
    const part = await trainInNode(request(), first.listener);
    expect(part.stopped).toBe(true);
    expect(part.record.epochs).toBeGreaterThanOrEqual(2);
    expect(part.record.epochs).toBeLessThan(5);
    expect(weightsOf(part.model)).not.toBe(weightsOf(whole.model));
    const second = listen();
    const resumed = await trainInNode(request({}, { checkpoint: first.checkpoints.at(-1)! }), second.listener);
    expect(weightsOf(resumed.model)).toBe(weightsOf(whole.model));
    expect(resumed.record.curve.map((p) => p.epoch)).toEqual([1, 2, 3, 4, 5]);
    expect(resumed.record.curve.map((p) => p.loss)).toEqual(whole.record.curve.map((p) => p.loss));
  });

  it("notes how its kernels rounded, also where it was taken up with others", async () => {
    prepareKernels();
    const withRounding = (rounding: Rounding, more: Partial<TrainRequest> = {}, listener = listen().listener) => {
      const platform = {
        createKernels: () => (need: KernelNeed) => createSimdKernels(need, { rounding }),
        sha256: () => "",
        turn: async () => {},
      };
      return trainNetwork(request({ epochs: 2, hidden: [4] }, more), listener, platform);
    };
    const { listener, checkpoints } = listen(1);
    expect((await withRounding("fused", {}, listener)).record.rounding).toBe("fused");
    const checkpoint = checkpoints[0]!;
    expect((await withRounding("fused", { checkpoint })).record.rounding).toBe("fused");
    const mixed = await withRounding("separate", { checkpoint });
    expect(decodeModel(joinPieces(mixed.model)).meta.records[0]!.rounding).toBe("mixed");
  });

  it("says the time left in every point, down to none", async () => {
    const { listener, points } = listen();
    await trainInNode(request({ epochs: 3 }), listener);
    for (const { secondsLeft } of points) expect(secondsLeft).toBeGreaterThanOrEqual(0);
    expect(points.at(-1)!.secondsLeft).toBe(0);
  });

  it("keeps the best epoch's weights, also where it is stopped, and over a resume", async () => {
    const settings = { stopping: { keep: "best" }, averaging: { decay: 0.98 }, rate: 0.02, epochs: 4 };
    const whole = await trainInNode(request(settings), listen().listener);
    const best = [...whole.record.curve].sort((a, b) => a.validationError! - b.validationError! || a.epoch - b.epoch)[0]!;
    expect(whole.record).toMatchObject({ epochs: 4, keptEpochs: best.epoch, settings: { stopping: { keep: "best", patience: null } } });
    const first = listen(2);
    const part = await trainInNode(request(settings), first.listener);
    expect(Math.min(...part.record.curve.map((p) => p.validationError!))).toBe(
      part.record.curve.find((p) => p.epoch === part.record.keptEpochs)!.validationError,
    );
    const resumed = await trainInNode(request(settings, { checkpoint: first.checkpoints.at(-1)! }), listen().listener);
    expect(weightsOf(resumed.model)).toBe(weightsOf(whole.model));
    expect(resumed.record.keptEpochs).toBe(whole.record.keptEpochs);
  });

  it("ends early where the validation error no longer falls", async () => {
    const result = await trainInNode(request({ epochs: 200, stopping: { patience: 2 } }), listen().listener);
    expect(result.stopped).toBe(false);
    expect(result.record.epochs).toBeLessThan(200);
  });

  it("refuses patience and keeping the best without a validation split", async () => {
    for (const stopping of [{ patience: 2 }, { keep: "best" }]) {
      await expect(trainInNode(request({ stopping }, { validation: undefined }), listen().listener)).rejects.toThrow(
        /needs a validation split/,
      );
    }
  });

  it("ends in time", async () => {
    const result = await trainInNode(request({ epochs: 1000, maxSeconds: 0.5 }), listen().listener);
    expect(result.stopped).toBe(true);
    expect(result.record.epochs).toBeLessThan(1000);
    expect(result.record.seconds).toBeGreaterThanOrEqual(0.5);
    expect(result.record.curve.at(-1)!.validationError).not.toBeNull();
  });

  it("lets other work on the thread have its turn", async () => {
    // In processor time: other programs may hold the process up as long as they like.
    const gaps: number[] = [];
    let last = process.cpuUsage();
    const timer = setInterval(() => {
      const { user, system } = process.cpuUsage(last);
      gaps.push((user + system) / 1000);
      last = process.cpuUsage();
    }, 5);
    const { listener, points } = listen();
    // Long enough to see it, however little of the processors there is for it.
    await trainInNode(request({ epochs: 1000 }), { ...listener, isStopped: () => gaps.length >= 20 });
    clearInterval(timer);
    // Points of one training, within an epoch and at its end, are rounded alike: none is later than the next.
    for (const { seconds } of points) expect(seconds).toBe(Math.floor(seconds * 1000 + 1e-6) / 1000);
    gaps.sort((a, b) => a - b);
    expect(gaps.length).toBeGreaterThanOrEqual(20);
    expect(gaps[gaps.length >> 1]!).toBeLessThan(150);
  });

  it("refuses a checkpoint of other settings, classes or data", async () => {
    const { listener, checkpoints } = listen();
    await trainInNode(request({ epochs: 1 }), listener);
    const checkpoint = checkpoints[0]!;
    await expect(trainInNode(request({ epochs: 2 }, { checkpoint }), listener)).rejects.toThrow(/settings differ \(epochs\)/);
    await expect(trainInNode(request({ epochs: 1 }, { checkpoint, classes: ["0", "1", "2", "4"] }), listener)).rejects.toThrow(
      /classes are others/,
    );
    const train = { ...TRAIN, labels: TRAIN.labels.map((label) => 3 - label) };
    await expect(trainInNode(request({ epochs: 1 }, { checkpoint, train }), listener)).rejects.toThrow(/other training data/);
  });

  it("saves nothing of a training that diverges", async () => {
    const { listener, checkpoints } = listen();
    // Labels without rhyme or reason, and a rate that makes the weights jump.
    const train = { ...TRAIN, labels: TRAIN.labels.map((_, n) => (n * n * 7 + (n >> 3)) % 4) };
    await expect(trainInNode(request({ rate: 10, epochs: 5, batch: 4, augment: "none" }, { train }), listener)).rejects.toThrow(
      /diverged.*Nothing of it was saved/s,
    );
    expect(checkpoints).toEqual([]);
  });

  it("refuses an empty validation split", async () => {
    const validation = { images: new Uint8Array(0), labels: new Uint8Array(0) };
    await expect(trainInNode(request({}, { validation }), listen().listener)).rejects.toThrow(/validation split is empty/);
  });
});
