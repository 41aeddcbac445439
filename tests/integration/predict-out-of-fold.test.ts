import { describe, expect, it } from "vitest";
import { trainSettingsSchema } from "../../lib/contracts/runs.ts";
import { predictOutOfFoldInNode } from "../../lib/server/services/train/train-in-node.ts";
import { assignFolds } from "../../lib/train/predict-out-of-fold.ts";
import { buildStripedSet } from "../support/striped-set.ts";

const CLASSES = ["0", "1", "2", "3"];
const SETTINGS = trainSettingsSchema.parse({ hidden: [24], epochs: 3, augment: "none" });
const quiet = { onProgress: () => {}, isStopped: () => false };

describe("predictOutOfFold", () => {
  it("reads each example by a network that has not seen it: a wrong label is not learned by heart", async () => {
    const set = buildStripedSet(800, { side: 28, classes: 4, seed: 1 });
    const labels = set.labels.slice();
    const wrong = [3, 200, 517];
    for (const n of wrong) labels[n] = (labels[n] + 1) % 4;
    const folds = assignFolds([...labels.keys()].map(String), 4, 1);
    const fractions: number[] = [];
    const p = await predictOutOfFoldInNode(
      { set: { images: set.images, labels }, folds, classes: CLASSES, settings: SETTINGS },
      { onProgress: (fraction) => fractions.push(fraction), isStopped: () => false },
    );
    expect(p).toHaveLength(800 * 4);
    for (const n of wrong) expect(p![n * 4 + set.labels[n]]).toBeGreaterThan(0.5);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  it("gives nothing where it is stopped, and refuses one fold", async () => {
    const set = buildStripedSet(80, { side: 28, classes: 4, seed: 1 });
    const folds = assignFolds([...set.labels.keys()].map(String), 2, 1);
    const request = { set, folds, classes: CLASSES, settings: SETTINGS };
    expect(await predictOutOfFoldInNode(request, { ...quiet, isStopped: () => true })).toBeNull();
    await expect(predictOutOfFoldInNode({ ...request, folds: new Uint8Array(80) }, quiet)).rejects.toThrow("two folds");
  });
});

describe("assignFolds", () => {
  it("keeps a writer's examples together and the folds even", () => {
    const writers = Array.from({ length: 1000 }, (_, n) => `w${(n * n) % 37}`);
    const folds = assignFolds(writers, 5, 2);
    const byWriter = new Map(writers.map((writer, n) => [writer, folds[n]]));
    expect(writers.every((writer, n) => byWriter.get(writer) === folds[n])).toBe(true);
    const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((f) => f === fold).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(60);
    expect(assignFolds(writers, 5, 2)).toEqual(folds);
  });

  it("refuses more folds than writers", () => {
    expect(() => assignFolds(["a", "a", "b"], 3, 1)).toThrow("3 folds need as many groups, and there are 2");
  });
});
