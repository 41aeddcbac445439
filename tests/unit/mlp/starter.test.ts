import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeIdxImages, decodeIdxLabels } from "../../../lib/dataset/idx.ts";
import { evaluatePredictions } from "../../../lib/evaluation/evaluate-predictions.ts";
import { NORMALIZATION_VERSION } from "../../../lib/glyph/normalization-version.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { predict } from "../../../lib/mlp/predict.ts";

const FOLDER = join(import.meta.dirname, "../../../lib/mlp/starter");
const bytes = readFileSync(join(FOLDER, "starter.ink"));
const record = JSON.parse(readFileSync(join(FOLDER, "starter.json"), "utf8")) as {
  sha256: string;
  seed: number;
  layers: number[];
  mnistTest: { errors: number; count: number };
};

describe("the starter model", () => {
  const model = decodeModel(bytes);

  it("is at most 2.5 MB, reads digits as the normalization of this version makes them, and is the file of its record", () => {
    expect(bytes.length).toBeLessThanOrEqual(2_500_000);
    expect(model.classes.join("")).toBe("0123456789");
    expect(model.meta.normalization).toBe(NORMALIZATION_VERSION);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(record.sha256);
    expect(model.layers).toEqual(record.layers);
    expect(model.meta.records[0]!.seed).toBe(record.seed);
  });

  it.skipIf(!process.env.MNIST_DIR)("has the recorded error on MNIST's test set (needs MNIST_DIR)", () => {
    const unpack = (name: string): Uint8Array => gunzipSync(readFileSync(join(process.env.MNIST_DIR!, name)));
    const images = decodeIdxImages(unpack("t10k-images-idx3-ubyte.gz"), "images").data;
    const labels = decodeIdxLabels(unpack("t10k-labels-idx1-ubyte.gz"), "labels");
    const { errors, count } = evaluatePredictions(predict(model, images, labels.length), labels, 10);
    expect(count).toBe(record.mnistTest.count);
    // Sums may round otherwise on another machine: one digit may tip over.
    expect(Math.abs(errors - record.mnistTest.errors)).toBeLessThanOrEqual(1);
  });
});
