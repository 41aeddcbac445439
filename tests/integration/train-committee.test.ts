import { describe, expect, it } from "vitest";
import { type CurvePoint, trainSettingsSchema } from "../../lib/contracts/runs.ts";
import { decodeModel } from "../../lib/mlp/model-file/decode-model.ts";
import { joinPieces } from "../../lib/mlp/model-file/pieces.ts";
import { predict } from "../../lib/mlp/predict.ts";
import { decodeCommitteeCheckpoint, encodeCommitteeCheckpoint, readCheckpointSeconds } from "../../lib/train/committee-checkpoint.ts";
import type { TrainListener, TrainRequest } from "../../lib/train/train-network.ts";
import { buildStripedSet } from "../support/striped-set.ts";
import { trainInNode } from "../support/train-in-node.ts";

const CLASSES = ["0", "1", "2", "3"];
const TRAIN = buildStripedSet(400, { side: 28, classes: 4, seed: 1 });
const VALIDATION = buildStripedSet(100, { side: 28, classes: 4, seed: 2 });
const SETTINGS = { hidden: [12], epochs: 2, members: 3, seed: 7 };

function request(change: object = {}, more: Partial<TrainRequest> = {}): TrainRequest {
  const settings = trainSettingsSchema.parse({ ...SETTINGS, ...change });
  return { train: TRAIN, validation: VALIDATION, classes: CLASSES, settings, ...more };
}

/** Keeps what is reported; stops once `stopIf` says so of a point. */
function listen(stopIf: (point: CurvePoint) => boolean = () => false) {
  const points: CurvePoint[] = [];
  const checkpoints: Uint8Array[] = [];
  let stopped = false;
  const listener: TrainListener = {
    onPoint: (point) => {
      points.push(point);
      stopped ||= stopIf(point);
    },
    onCheckpoint: (checkpoint) => void checkpoints.push(joinPieces(checkpoint)),
    isStopped: () => stopped,
  };
  return { listener, points, checkpoints };
}

/** The weights of every network of an .ink file, without the records, whose times differ. */
function weightsOf(file: Uint8Array): string[] {
  return decodeModel(file).networks.map(({ layers }) => layers.map(({ w, b }) => `${w.join()};${b.join()}`).join("\n"));
}

const whole = await (async () => {
  const { listener, points, checkpoints } = listen();
  const result = await trainInNode(request(), listener);
  return { result, points, checkpoints, weights: weightsOf(result.model) };
})();

describe("a committee's training", () => {
  it("gives networks that differ, the first being the one that trains alone, each to be made again from its record", async () => {
    expect(whole.result.stopped).toBe(false);
    expect(new Set(whole.weights).size).toBe(3);
    const { meta } = decodeModel(whole.result.model);
    for (const m of [0, 2]) {
      const { seed } = meta.records[m]!;
      const alone = await trainInNode(request({ members: 1, seed }), listen().listener);
      expect(weightsOf(alone.model)).toEqual([whole.weights[m]]);
      if (m === 0) expect(seed).toBe(SETTINGS.seed);
    }
    expect(meta.records.every((record) => record!.epochs === 2)).toBe(true);
  });

  it("that is varied has networks that each look at images in their own way, also over a stop, and its file says so", async () => {
    const settings = { members: 2, epochs: 1, reshape: "varied", views: "five" };
    const varied = await trainInNode(request(settings), listen().listener);
    const model = decodeModel(varied.model);
    expect(model.meta.reshapes).toEqual(["none", "deslant"]);
    expect(model.meta.views).toEqual(["five", "five"]);
    // The second is what a training alone gives that looks so, of the second's seed.
    const alone = await trainInNode(
      request({ ...settings, members: 1, reshape: "deslant", seed: model.meta.records[1]!.seed }),
      listen().listener,
    );
    expect(weightsOf(alone.model)).toEqual([weightsOf(varied.model)[1]]);
    expect(decodeModel(alone.model).meta.reshapes).toEqual(["deslant"]);
    const { listener, checkpoints } = listen((point) => point.member === 2);
    await trainInNode(request(settings), listener);
    const resumed = await trainInNode(request(settings, { checkpoint: checkpoints.at(-1) }), listen().listener);
    expect(weightsOf(resumed.model)).toEqual(weightsOf(varied.model));
    expect(decodeModel(resumed.model).meta.reshapes).toEqual(["none", "deslant"]);
  });

  it("reports a curve that goes on from network to network", () => {
    const ends = whole.points.filter((point) => point.trainError !== null);
    expect(ends.map(({ member, epoch }) => [member, epoch])).toEqual([
      [1, 1],
      [1, 2],
      [2, 3],
      [2, 4],
      [3, 5],
      [3, 6],
    ]);
    for (let k = 1; k < ends.length; k++) expect(ends[k]!.seconds).toBeGreaterThan(ends[k - 1]!.seconds);
    expect(ends.at(-1)!.secondsLeft).toBe(0);
    expect(ends[0]!.secondsLeft).toBeGreaterThan(3 * ends[0]!.seconds);
  });

  it("goes on from every checkpoint to the same weights, with threads as without", async () => {
    expect(whole.checkpoints.length).toBeGreaterThanOrEqual(6);
    let seconds = 0;
    for (const [k, checkpoint] of whole.checkpoints.entries()) {
      expect(readCheckpointSeconds(checkpoint)).toBeGreaterThanOrEqual(seconds);
      seconds = readCheckpointSeconds(checkpoint);
      const { listener, points } = listen();
      const resumed = await trainInNode(request({ threads: 1 + (k % 2) }, { checkpoint }), listener);
      expect(weightsOf(resumed.model)).toEqual(whole.weights);
      for (const point of points) expect(point.seconds).toBeGreaterThanOrEqual(seconds);
    }
  });

  it("keeps the finished networks at a stop, and resumes to the weights it would have had", async () => {
    const { listener, checkpoints } = listen((point) => point.member === 2);
    const stopped = await trainInNode(request(), listener);
    expect(stopped.stopped).toBe(true);
    expect(weightsOf(stopped.model)).toEqual([whole.weights[0]]);
    const resumed = await trainInNode(request({}, { checkpoint: checkpoints.at(-1)! }), listen().listener);
    expect(weightsOf(resumed.model)).toEqual(whole.weights);
  });

  it("keeps what the first network has where none is finished", async () => {
    const { listener, checkpoints } = listen((point) => point.member === 1);
    const stopped = await trainInNode(request(), listener);
    expect(stopped.stopped).toBe(true);
    expect(decodeModel(stopped.model).networks.length).toBe(1);
    const resumed = await trainInNode(request({}, { checkpoint: checkpoints.at(-1)! }), listen().listener);
    expect(weightsOf(resumed.model)).toEqual(whole.weights);
  });

  it("stopped between two networks keeps the one that is done", async () => {
    const { listener, checkpoints } = listen((point) => point.epoch === 4);
    const stopped = await trainInNode(request(), listener);
    expect(weightsOf(stopped.model)).toEqual(whole.weights.slice(0, 2));
    const resumed = await trainInNode(request({}, { checkpoint: checkpoints.at(-1)! }), listen().listener);
    expect(weightsOf(resumed.model)).toEqual(whole.weights);
  });

  it("shares a time limit out, and every network predicts", async () => {
    const result = await trainInNode(request({ epochs: 1000, maxSeconds: 0.6 }), listen().listener);
    const model = decodeModel(result.model);
    expect(result.stopped).toBe(true);
    expect(model.networks.length).toBe(3);
    for (const record of model.meta.records) expect(record!.seconds).toBeLessThan(0.4);
  });

  it("keeps weights in 16 bits on demand, also of networks finished before a resume", async () => {
    const checkpoint = whole.checkpoints.at(-1)!;
    const fresh = await trainInNode(request({}, { weights: "f16" }), listen().listener);
    const resumed = await trainInNode(request({}, { weights: "f16", checkpoint }), listen().listener);
    expect(decodeModel(fresh.model).meta.weights).toBe("f16");
    expect(weightsOf(resumed.model)).toEqual(weightsOf(fresh.model));
    const exact = predict(decodeModel(whole.result.model), VALIDATION.images, 100);
    predict(decodeModel(fresh.model), VALIDATION.images, 100).forEach((p, k) => {
      expect(Math.abs(p - exact[k]!)).toBeLessThan(2e-3);
    });
  });

  it("refuses checkpoints of another number of networks, of other settings, and damaged ones", async () => {
    const checkpoint = whole.checkpoints.at(-1)!;
    const resume = (change: object, bytes = checkpoint) => trainInNode(request(change, { checkpoint: bytes }), listen().listener);
    await expect(resume({ members: 4 })).rejects.toThrow(/it is of 3 networks, not 4. Start a new training instead/);
    await expect(resume({ members: 1 })).rejects.toThrow(/it is of 3 networks, not 1/);
    await expect(resume({ batch: 32 })).rejects.toThrow(/its settings differ \(batch\)/);
    await expect(resume({}, checkpoint.subarray(0, -9))).rejects.toThrow(/damaged or cut short/);
    const { members, finished, current } = decodeCommitteeCheckpoint(checkpoint)!;
    const torn = joinPieces(encodeCommitteeCheckpoint({ members, finished: [finished[0]!.subarray(5), ...finished.slice(1)], current }));
    await expect(resume({}, torn)).rejects.toMatchObject({ code: "invalid-file" });
    const full = joinPieces(encodeCommitteeCheckpoint({ members, finished: [...finished, finished[0]!], current }));
    await expect(resume({}, full)).rejects.toMatchObject({ code: "invalid-file" });
    expect(() => decodeModel(checkpoint)).toThrow(/checkpoint of a training, not a model/);
  });
});
