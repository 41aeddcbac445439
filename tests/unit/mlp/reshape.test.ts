import { describe, expect, it } from "vitest";
import { buildModel } from "../../../lib/mlp/build-model.ts";
import { encodeOnnx } from "../../../lib/mlp/export/encode-onnx.ts";
import { forwardAll } from "../../../lib/mlp/forward-all.ts";
import { joinModels } from "../../../lib/mlp/join-models.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { encodeModel } from "../../../lib/mlp/model-file/encode-model.ts";
import { listArrays } from "../../../lib/mlp/network.ts";
import { predict } from "../../../lib/mlp/predict.ts";
import { reshapeImages } from "../../../lib/mlp/reshape/reshape-images.ts";
import { RESHAPES, type Reshape } from "../../../lib/mlp/reshape/reshapes.ts";
import { Trainer } from "../../../lib/mlp/trainer.ts";
import type { TrainingSet } from "../../../lib/mlp/training-set.ts";
import { randomNetwork } from "../../support/random-network.ts";
import { buildStripedSet } from "../../support/striped-set.ts";

const SIDE = 28;

/** A bar from (x0, 4) to (x1, 23), `thick` px wide in its rows. */
function drawBar(x0: number, x1: number, thick: number): Uint8Array {
  const image = new Uint8Array(SIDE * SIDE);
  for (let y = 4; y <= 23; y++) {
    const x = x0 + ((x1 - x0) * (y - 4)) / 19;
    for (let k = 0; k < SIDE; k++) {
      // The part of the pixel that the bar covers.
      const covered = Math.min(k + 0.5, x + thick / 2) - Math.max(k - 0.5, x - thick / 2);
      image[y * SIDE + k] = Math.round(255 * Math.max(0, Math.min(1, covered)));
    }
  }
  return image;
}

function drawBox(left: number, right: number): Uint8Array {
  const image = new Uint8Array(SIDE * SIDE);
  for (let y = 4; y <= 23; y++)
    for (let x = left; x <= right; x++) if (y < 7 || y > 20 || x < left + 3 || x > right - 3) image[y * SIDE + x] = 255;
  return image;
}

const massOf = (image: Uint8Array): number => image.reduce((sum, value) => sum + value, 0);

/** First and last column that are mostly ink somewhere. */
function columnsOf(image: Uint8Array): [number, number] {
  const columns = Array.from({ length: SIDE }, (_, x) =>
    Array.from({ length: SIDE }, (__, y) => image[y * SIDE + x]!).some((value) => value > 127),
  );
  return [columns.indexOf(true), columns.lastIndexOf(true)];
}

describe("reshapeImages", () => {
  it("leaves images alone for none, and empty ones empty", () => {
    const image = drawBar(9, 18, 3);
    expect(reshapeImages("none", image, 1)).toBe(image);
    for (const reshape of RESHAPES) expect(massOf(reshapeImages(reshape, new Uint8Array(SIDE * SIDE), 1))).toBe(0);
  });

  it.each([
    [8, 18],
    [18, 8],
    [13, 14],
  ])("makes a slanted bar upright where it stood (%i to %i)", (x0, x1) => {
    const upright = reshapeImages("deslant", drawBar(x0, x1, 3), 1);
    const want = drawBar((x0 + x1) / 2, (x0 + x1) / 2, 3);
    // The half pixels of a slanted edge are interpolated once more.
    upright.forEach((value, k) => {
      expect(Math.abs(value - want[k]!)).toBeLessThanOrEqual(90);
    });
    expect(massOf(upright) / massOf(want)).toBeCloseTo(1, 1);
  });

  it.each([
    [9, 18, 20],
    [2, 25, 20],
    [7, 20, 20],
  ])("brings ink from column %i to %i to %i px in the middle", (left, right, width) => {
    const [first, last] = columnsOf(reshapeImages("width-20", drawBox(left, right), 1));
    expect(Math.abs(last - first + 1 - Math.min(width, 1.8 * (right - left + 1)))).toBeLessThanOrEqual(1.5);
    expect(Math.abs(first + last - (SIDE - 1))).toBeLessThanOrEqual(1);
  });

  it("makes no 0 of a 1", () => {
    const [first, last] = columnsOf(reshapeImages("width-20", drawBar(14, 14, 3), 1));
    expect(last - first + 1).toBeLessThanOrEqual(5);
  });

  it("does each image of several as if it were alone", () => {
    const images = [drawBar(8, 18, 3), drawBox(4, 20), new Uint8Array(SIDE * SIDE)];
    for (const reshape of RESHAPES) {
      const together = reshapeImages(reshape, Uint8Array.from(images.flatMap((image) => [...image])), 3);
      images.forEach((image, n) => {
        expect(together.subarray(784 * n, 784 * (n + 1))).toEqual(reshapeImages(reshape, image, 1));
      });
    }
  });

  it("refuses what is not square", () => {
    expect(() => reshapeImages("deslant", new Uint8Array(30), 2)).toThrow(/square images.*15 pixels/);
  });
});

describe("a network that looks at images so", () => {
  const set = buildStripedSet(120, { side: SIDE, classes: 3, seed: 3 });
  const classes = ["0", "1", "2"];
  const train = (data: TrainingSet, reshape: Reshape): { weights: number[][]; error: number } => {
    const settings = { sizes: [784, 8, 3], epochs: 2, batch: 16, augment: "elastic" as const, reshape };
    const trainer = new Trainer(data, settings, { classes });
    while (!trainer.done) trainer.step();
    return { weights: listArrays(trainer.network).map((array) => [...array]), error: trainer.measureErrorRate(data) };
  };

  it.each(["deslant", "deslant-width-16"] as const)("learns and is measured as one that is given such images (%s)", (reshape) => {
    const seen = { images: reshapeImages(reshape, set.images, set.labels.length), labels: set.labels };
    expect(train(set, reshape)).toEqual(train(seen, "none"));
    expect(train(set, reshape).weights).not.toEqual(train(set, "none").weights);
  });

  const networks = [1, 2].map((seed) => randomNetwork([784, 6, 3], { activation: "relu", seed }));
  const options = { classes, normalization: "mnist-1" };
  const [plain, varied] = [["none", "none"] as const, ["none", "deslant-width-20"] as const].map((reshapes) =>
    buildModel(
      networks.map((network, m) => ({ network, reshape: reshapes[m], record: null })),
      options,
    ),
  );

  it("predicts as one that is given such images, in a committee, from its file and joined to others", () => {
    const n = 40;
    const images = set.images.subarray(0, n * 784);
    const alone = networks.map((network) => buildModel([{ network, record: null }], options));
    const votes = [predict(alone[0]!, images, n), predict(alone[1]!, reshapeImages("deslant-width-20", images, n), n)];
    const want = votes[0]!.map((p, k) => Math.fround((p + votes[1]![k]!) / 2));
    expect(predict(varied!, images, n)).toEqual(want);
    expect(predict(plain!, images, n)).not.toEqual(want);
    expect(predict(decodeModel(encodeModel(varied!)), images, n)).toEqual(want);
    expect(joinModels([varied!, plain!], ["a.ink", "b.ink"]).meta.reshapes).toEqual(["none", "deslant-width-20", "none", "none"]);
    const layers = forwardAll(varied!, images.subarray(0, 784), 1);
    expect(layers[0]).toEqual(Float32Array.from(reshapeImages("deslant-width-20", images.subarray(0, 784), 1), (value) => value / 255));
  });

  it("is kept from programs and formats that do not know of it", () => {
    expect(encodeModel(varied!)[8]).toBe(3);
    expect(encodeModel(plain!)[8]).toBe(2);
    expect(() => encodeOnnx(varied!, "00")).toThrow(/Network 2 reshapes its images \(deslant-width-20\)/);
    expect(() => encodeOnnx(plain!, "00")).not.toThrow();
  });
});
