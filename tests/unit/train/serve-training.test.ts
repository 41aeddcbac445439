import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type TrainSettings, trainSettingsSchema } from "../../../lib/contracts/runs.ts";
import { sha256 } from "../../../lib/core/sha256.ts";
import { encodeIdxImages, encodeIdxLabels } from "../../../lib/dataset/idx-write.ts";
import { createSimdKernels } from "../../../lib/mlp/kernels/simd/create-simd-kernels.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import type { TrainingSet } from "../../../lib/mlp/training-set.ts";
import type { IdxPair, TabCommand, TabData, TabEvent } from "../../../lib/train/tab/messages.ts";
import { serveTraining } from "../../../lib/train/tab/serve-training.ts";
import { createTurn } from "../../../lib/train/tab/turn.ts";
import { buildStripedSet } from "../../support/striped-set.ts";
import { trainInNode } from "../../support/train-in-node.ts";

const CLASSES = ["0", "1", "2", "3"];
const TRAIN = buildStripedSet(1000, { side: 28, classes: 4, seed: 1 });
const VALIDATION = buildStripedSet(100, { side: 28, classes: 4, seed: 2 });
const SETTINGS = trainSettingsSchema.parse({ hidden: [16], epochs: 4, augment: "affine" });
const LONG = { ...SETTINGS, epochs: 1000 };

function packed({ images, labels }: TrainingSet): IdxPair {
  return { images: new Uint8Array(gzipSync(encodeIdxImages(images))), labels: encodeIdxLabels(labels) };
}

const DATA: TabData = { train: packed(TRAIN), validation: packed(VALIDATION), classes: CLASSES, limit: null };

/** The worker without a worker: its messages in a list; `react` may answer each with a command. */
function open(react: (event: TabEvent, send: (command: TabCommand) => void) => void = () => {}) {
  const events: TabEvent[] = [];
  const handle = serveTraining({
    prepareThreads: () => Promise.resolve(1),
    platform: { createKernels: () => createSimdKernels, sha256, turn: createTurn() },
    send: (event) => {
      events.push(event);
      react(event, (command) => void handle(command));
    },
  });
  const start = (data: TabData, settings: TrainSettings) => handle({ type: "start", data, settings });
  const types = () => events.map((event) => event.type);
  const doneOf = () => events.find((event) => event.type === "done")!;
  return { events, start, handle, types, doneOf };
}

const network = (file: Uint8Array) => decodeModel(file).networks[0]!.layers;

describe("serveTraining", () => {
  it("says what it trains on, draws a curve, and ends with the very weights of a training on the server", async () => {
    const { start, events, types, doneOf } = open();
    await start(DATA, SETTINGS);
    expect(events[0]).toEqual({ type: "started", examples: 1000, validation: 100, heldBack: false, threads: 1 });
    expect(types()).toContain("point");
    expect(types().at(-1)).toBe("done");
    const onServer = await trainInNode(
      { train: TRAIN, validation: VALIDATION, classes: CLASSES, settings: SETTINGS },
      { onPoint: () => {}, onCheckpoint: () => {}, isStopped: () => false },
    );
    expect(doneOf().stopped).toBe(false);
    expect(network(doneOf().model)).toEqual(network(onServer.model));
    expect(decodeModel(doneOf().model).meta.records[0]).toMatchObject({ dataHash: onServer.record.dataHash, examples: 1000 });
  });

  it("sends a network to try out on the way", async () => {
    const { start, events } = open();
    await start(DATA, SETTINGS);
    const first = events.find((event) => event.type === "network");
    expect(decodeModel(first!.bytes)).toMatchObject({ classes: CLASSES, layers: [784, 16, 4] });
  });

  it("stands still while paused, for as long as it takes, and then goes on to the same weights", async () => {
    let paused = false;
    let atPause = 0;
    const { start, events, doneOf, types } = open((event, send) => {
      // Not before the first epoch has ended: then there is a network to show while it stands still.
      if (event.type === "point" && !paused) send({ type: "pause" });
      if (event.type !== "paused") return;
      paused = true;
      atPause = events.length;
      setTimeout(() => {
        expect(events.length).toBe(atPause);
        send({ type: "resume" });
      }, 150);
    });
    await start(DATA, { ...SETTINGS, epochs: 12 });
    expect(paused).toBe(true);
    expect(types().indexOf("network")).toBeLessThan(types().indexOf("paused"));
    expect(types()).toContain("resumed");
    const whole = open();
    await whole.start(DATA, { ...SETTINGS, epochs: 12 });
    expect(network(doneOf().model)).toEqual(network(whole.doneOf().model));
  });

  it("keeps what it has learned when it is stopped, paused or not", async () => {
    for (const command of ["point", "paused"] as const) {
      const { start, doneOf } = open((event, send) => {
        if (event.type === "point" && command === "paused") send({ type: "pause" });
        if (event.type === command) send({ type: "stop" });
      });
      await start(DATA, LONG);
      expect(doneOf().stopped).toBe(true);
      expect(decodeModel(doneOf().model).meta.records[0]!.epochs).toBeLessThan(1000);
    }
  });

  it("holds a tenth back where there is no validation split, but not of a handful", async () => {
    const many = open();
    await many.start({ ...DATA, validation: null }, SETTINGS);
    expect(many.events[0]).toMatchObject({ examples: 900, validation: 100, heldBack: true });
    const limited = open();
    await limited.start({ ...DATA, validation: null, limit: 60 }, SETTINGS);
    expect(limited.events[0]).toMatchObject({ examples: 54, validation: 6, heldBack: true });
    const few = open();
    await few.start({ ...DATA, validation: null, limit: 20 }, { ...SETTINGS, batch: 4 });
    expect(few.events[0]).toMatchObject({ examples: 20, validation: 0, heldBack: false });
  });

  it("refuses in words what cannot be trained on", async () => {
    const empty = { images: new Uint8Array(0), labels: new Uint8Array(0) };
    const ones = { images: TRAIN.images.slice(0, 784 * 100), labels: new Uint8Array(100).fill(1) };
    const cut = packed(TRAIN).images.slice(0, 500);
    for (const [data, message] of [
      [{ ...DATA, classes: ["7"] }, /one class only \("7"\).*Build a version/],
      [{ ...DATA, train: packed(empty) }, /training split is empty.*Add/],
      [{ ...DATA, train: packed(ones) }, /Every example.*"1".*Add/],
      [{ ...DATA, train: { ...DATA.train, images: cut } }, /training images.*damaged or cut short/],
      [{ ...DATA, train: { ...DATA.train, labels: encodeIdxLabels(TRAIN.labels.slice(1)) } }, /1000 images.*999 labels/],
      [{ ...DATA, train: { ...DATA.train, labels: encodeIdxLabels(new Uint8Array(1000).fill(9)) } }, /examples of "9"/],
    ] satisfies [TabData, RegExp][]) {
      const { start, events } = open();
      await start(data, SETTINGS);
      expect(events).toEqual([{ type: "error", message: expect.stringMatching(message) as string }]);
    }
  });
});
