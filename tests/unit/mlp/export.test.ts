import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { sha256 } from "../../../lib/core/sha256.ts";
import { buildModel } from "../../../lib/mlp/build-model.ts";
import { encodeOnnx } from "../../../lib/mlp/export/encode-onnx.ts";
import { encodeSafetensors } from "../../../lib/mlp/export/encode-safetensors.ts";
import { exportModel } from "../../../lib/mlp/export/export-model.ts";
import { joinModels } from "../../../lib/mlp/join-models.ts";
import type { Model } from "../../../lib/mlp/model.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { encodeModel } from "../../../lib/mlp/model-file/encode-model.ts";
import type { Activation } from "../../../lib/mlp/network.ts";
import { predict } from "../../../lib/mlp/predict.ts";
import { onnxPredict } from "../../support/onnx-predict.ts";
import { randomNetwork } from "../../support/random-network.ts";

const N = 20;
const rng = new Rng(1);
// As dark as written digits: a fifth of the pixels is ink.
const images = Uint8Array.from({ length: N * 784 }, () => (rng.between(0, 1) < 0.2 ? Math.floor(rng.between(0, 256)) : 0));

function build(hidden: readonly number[], classes: number, activation: Activation): Model {
  const names = Array.from({ length: classes }, (_, c) => String.fromCodePoint(0x41 + c));
  const network = randomNetwork([784, ...hidden, classes], { activation, seed: classes });
  return buildModel([{ network, record: null }], { classes: names, normalization: "mnist-1" });
}

/** As its .ink file gives it back: in 16 bits the weights are rounded. */
function inHalf(model: Model): Model {
  return decodeModel(encodeModel({ ...model, meta: { ...model.meta, weights: "f16" } }));
}

const relu = build([128], 10, "relu");
const tanh = build([60, 33, 17], 10, "tanh");
const logistic = build([50], 10, "logistic");
const committee = joinModels([relu, tanh, logistic], ["a", "b", "c"]);
const starterFile = readFileSync(join(import.meta.dirname, "../../../lib/mlp/starter/starter.ink"));
const starter = decodeModel(starterFile);
const MODELS: [string, Model][] = [
  ["784-128-10 relu", relu],
  ["784-60-33-17-10 tanh", tanh],
  ["784-50-10 logistic", logistic],
  ["784-62, no hidden layer", build([], 62, "relu")],
  ["784-40-2", build([40], 2, "relu")],
  ["784-300-47 logistic", build([300], 47, "logistic")],
  ["784-128-10 in 16 bits", inHalf(relu)],
  ["a committee of relu, tanh and logistic", committee],
  ["the same in 16 bits", inHalf(committee)],
  ["the starter model", starter],
];
const TOLERANCE = 1e-5;

function expectSame(actual: ArrayLike<number>, model: Model): void {
  const expected = predict(model, images, N);
  expect(actual.length).toBe(expected.length);
  let worst = 0;
  for (let k = 0; k < expected.length; k++) worst = Math.max(worst, Math.abs(actual[k]! - expected[k]!));
  expect(worst).toBeLessThanOrEqual(TOLERANCE);
}

describe("ONNX", () => {
  it.each(MODELS)("%s: ONNX Runtime predicts the same within 1e-5", async (_, model) => {
    expectSame(await onnxPredict(encodeOnnx(model, "0"), images, N), model);
  });

  it("reads one image or many", async () => {
    const file = encodeOnnx(relu, "0");
    const all = await onnxPredict(file, images, N);
    const one = await onnxPredict(file, images.subarray(0, 784), 1);
    expect(one.length).toBe(10);
    one.forEach((p, c) => {
      expect(p).toBeCloseTo(all[c]!, 6);
    });
  });

  it("says which classes, which normalization and which model it is", () => {
    const hash = sha256([starterFile]);
    const text = new TextDecoder().decode(exportModel(starterFile, "onnx", hash));
    expect(text).toContain(JSON.stringify(starter.classes));
    expect(text).toContain("mnist-1");
    expect(text).toContain(hash);
  });

  it("takes about as many bytes as the .ink file", () => {
    for (const [, model] of MODELS) expect(encodeOnnx(model, "0").length).toBeLessThan(encodeModel(model).length + 6000);
  });
});

const folder = mkdtempSync(join(tmpdir(), "inkform-export-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Read {
  metadata: Record<string, string>;
  numpy: number[];
  torch: number[] | null;
}

/** Null where there is no NumPy. */
function readWithPython(file: Uint8Array): Read {
  writeFileSync(join(folder, "images"), images);
  writeFileSync(join(folder, "model"), file);
  const script = join(import.meta.dirname, "../../support/read-safetensors.py");
  const { stdout, stderr, status } = spawnSync("/usr/bin/python3", [script, join(folder, "model"), join(folder, "images")]);
  if (status !== 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString()) as Read;
}

describe("safetensors", () => {
  const numpy = spawnSync("/usr/bin/python3", ["-c", "import numpy"]).status === 0;
  it.skipIf(!numpy).each([MODELS[0]!, MODELS[3]!, MODELS[7]!, MODELS[8]!])(
    "%s: a reader in NumPy, and PyTorch's Linear layers where it is installed, predict the same within 1e-5 (needs NumPy)",
    (_, model) => {
      const read = readWithPython(encodeSafetensors(model, "abc"));
      expectSame(read.numpy, model);
      if (read.torch !== null) expectSame(read.torch, model);
      expect(JSON.parse(read.metadata.classes!)).toEqual(model.classes);
      expect(read.metadata).toMatchObject({ format: "pt", normalization: "mnist-1", inkform_model_sha256: "abc" });
    },
  );

  it("is laid out as the format's page says, small enough to look at", () => {
    const network = randomNetwork([2, 3], { activation: "relu", seed: 1 });
    const [w, b] = [network.layers[0]!.w, network.layers[0]!.b];
    const model = buildModel([{ network, record: null }], { classes: ["a", "b", "c"], normalization: "x" });
    const file = encodeSafetensors(model, "h");
    const size = Number(new DataView(file.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + size))) as Record<string, unknown>;
    expect(header["layers.0.weight"]).toEqual({ dtype: "F32", shape: [3, 2], data_offsets: [0, 24] });
    expect(header["layers.0.bias"]).toEqual({ dtype: "F32", shape: [3], data_offsets: [24, 36] });
    const numbers = new Float32Array(file.slice(8 + size).buffer);
    // 2 x 3 turned to 3 x 2.
    expect([...numbers]).toEqual([w[0], w[3], w[1], w[4], w[2], w[5], ...b]);
  });
});

describe("export", () => {
  it("refuses what is no model, and weights that are not numbers", () => {
    expect(() => exportModel(new Uint8Array(100), "onnx", "")).toThrow(/not an Inkform model/);
    const network = randomNetwork([2, 3], { activation: "relu", seed: 1 });
    network.layers[0]!.w[0] = Number.NaN;
    const model = buildModel([{ network, record: null }], { classes: ["a", "b", "c"], normalization: "x" });
    expect(() => encodeOnnx(model, "")).toThrow(/not numbers and was not exported/);
    expect(() => encodeSafetensors(model, "")).toThrow(/not numbers and was not exported/);
  });
});
