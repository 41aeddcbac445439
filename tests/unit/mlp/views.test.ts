import { describe, expect, it } from "vitest";
import { buildModel } from "../../../lib/mlp/build-model.ts";
import { encodeOnnx } from "../../../lib/mlp/export/encode-onnx.ts";
import { forwardPass } from "../../../lib/mlp/forward-pass.ts";
import { joinModels } from "../../../lib/mlp/join-models.ts";
import { distortImagesReference } from "../../../lib/mlp/kernels/distort-images.reference.ts";
import { referenceKernels } from "../../../lib/mlp/kernels/reference-kernels.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { encodeModel } from "../../../lib/mlp/model-file/encode-model.ts";
import { listArrays, type Network } from "../../../lib/mlp/network.ts";
import { predict } from "../../../lib/mlp/predict.ts";
import { Trainer } from "../../../lib/mlp/trainer.ts";
import type { Views } from "../../../lib/mlp/views/views.ts";
import { createWorkspace } from "../../../lib/mlp/workspace.ts";
import { randomNetwork } from "../../support/random-network.ts";
import { buildStripedSet } from "../../support/striped-set.ts";

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const C = 3;
const classes = ["0", "1", "2"];
const options = { classes, normalization: "mnist-1" };
const set = buildStripedSet(150, { side: SIDE, classes: C, seed: 3 });
const network = randomNetwork([PIXELS, 6, C], { activation: "relu", seed: 1 });
const modelOf = (views: Views) => buildModel([{ network, views, record: null }], options);

/** Turned about the middle, grown, moved: degrees, factor, px of the target's axes in the source. */
const LOOKS = [
  [0, 1, 0, 0],
  [7, 1.04, 0.7, 0.7],
  [-7, 1.04, -0.7, 0.7],
  [-7, 0.96, 0.7, -0.7],
  [7, 0.96, -0.7, -0.7],
] as const;

/** The mean over the looks by plain kernels, the motion written out: source = middle + shift + scale x rotation x (target - middle). */
function meanByHand(images: Uint8Array, n: number): number[] {
  const workspace = createWorkspace(network.sizes, n, { kernels: referenceKernels, errors: false });
  const sum = new Array<number>(n * C).fill(0);
  for (const [degrees, scale, x, y] of LOOKS) {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)].map((value) => value * scale);
    const motion = [13.5 + x, 13.5 + y, cos!, -sin!, sin!, cos!, 0, 0, 0];
    const motions = Float64Array.from({ length: n * motion.length }, (_, k) => motion[k % motion.length]!);
    distortImagesReference(workspace.a[0]!, images, { B: n, side: SIDE, motions, noise: null });
    forwardPass(referenceKernels, network, workspace, n);
    const p = workspace.a.at(-1)!;
    referenceKernels.softmax(p, p, { B: n, C });
    sum.forEach((_, k) => {
      sum[k]! += p[k]!;
    });
  }
  return sum.map((value) => value / LOOKS.length);
}

describe("a network that looks five times", () => {
  it("predicts the mean over the five looks, for any number of images", () => {
    for (const n of [0, 1, 7, 150]) {
      const images = set.images.subarray(0, n * PIXELS);
      const predicted = predict(modelOf("five"), images, n);
      const want = meanByHand(images, n);
      expect(predicted).toHaveLength(want.length);
      want.forEach((value, k) => {
        expect(predicted[k]).toBeCloseTo(value, 4);
      });
    }
    expect(predict(modelOf("five"), set.images.subarray(0, PIXELS), 1)).not.toEqual(
      predict(modelOf("one"), set.images.subarray(0, PIXELS), 1),
    );
  });

  const train = (views: Views, augment: "none" | "elastic"): { network: Network; error: number } => {
    const settings = { sizes: [PIXELS, 8, C], epochs: 1, batch: 16, augment, views };
    const trainer = new Trainer(set, settings, { classes });
    for (let k = 0; k < 4; k++) trainer.step();
    // In the middle of an epoch, with a mini-batch prepared: measuring must leave it alone.
    const error = trainer.measureErrorRate(set);
    while (!trainer.done) trainer.step();
    return { network: trainer.network, error: augment === "none" ? error : trainer.measureErrorRate(set) };
  };

  it.each(["none", "elastic"] as const)("learns what any other does, and is measured as it will predict (augmentation %s)", (augment) => {
    const [one, five] = [train("one", augment), train("five", augment)];
    expect(listArrays(five.network)).toEqual(listArrays(one.network));
    if (augment === "none") return;
    const p = predict(buildModel([{ network: five.network, views: "five", record: null }], options), set.images, 150);
    const wrong = set.labels.filter((label, n) => {
      const own = [...p.subarray(n * C, (n + 1) * C)];
      return own.indexOf(Math.max(...own)) !== label;
    });
    expect(five.error).toBe(wrong.length / 150);
  });

  it("does so from its file and in a committee; files from before look once", () => {
    const images = set.images.subarray(0, 9 * PIXELS);
    const file = encodeModel(modelOf("five"));
    const want = predict(modelOf("five"), images, 9);
    expect(predict(decodeModel(file), images, 9)).toEqual(want);
    const plain = encodeModel(modelOf("one"));
    expect(new TextDecoder().decode(plain)).not.toContain('"views"');
    expect(decodeModel(plain).meta.views).toEqual(["one"]);
    const joined = joinModels([modelOf("five"), modelOf("one")], ["a.ink", "b.ink"]);
    expect(joined.meta.views).toEqual(["five", "one"]);
    const once = predict(modelOf("one"), images, 9);
    expect(predict(decodeModel(encodeModel(joined)), images, 9)).toEqual(want.map((p, k) => Math.fround((p + once[k]!) / 2)));
  });

  it("is kept from programs and formats that do not know of it, and from images that are not square", () => {
    expect([encodeModel(modelOf("five"))[8], encodeModel(modelOf("one"))[8]]).toEqual([4, 1]);
    expect(() => encodeOnnx(modelOf("five"), "00")).toThrow(/Network 1 looks at each image several times.*safetensors/);
    const oblong = randomNetwork([30, 4, C], { activation: "relu", seed: 1 });
    const model = buildModel([{ network: oblong, views: "five", record: null }], options);
    expect(() => predict(model, new Uint8Array(30), 1)).toThrow(/"five" views needs square images; 30 inputs are no square\. Choose "one"/);
  });
});
