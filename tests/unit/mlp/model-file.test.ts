import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InkformError } from "../../../lib/core/inkform-error.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { buildModel } from "../../../lib/mlp/build-model.ts";
import { forwardAll } from "../../../lib/mlp/forward-all.ts";
import { initializeNetwork } from "../../../lib/mlp/initialize-network.ts";
import { createSimdKernels } from "../../../lib/mlp/kernels/simd/create-simd-kernels.ts";
import { sparseKernels } from "../../../lib/mlp/kernels/sparse-kernels.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../../lib/mlp/model-file/checkpoint.ts";
import { encodeContainer } from "../../../lib/mlp/model-file/container.ts";
import { crc32 } from "../../../lib/mlp/model-file/crc32.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { encodeModel } from "../../../lib/mlp/model-file/encode-model.ts";
import { fromHalf, toHalf } from "../../../lib/mlp/model-file/half-float.ts";
import { decodeNetwork, encodeWeights } from "../../../lib/mlp/model-file/network-bytes.ts";
import { joinPieces } from "../../../lib/mlp/model-file/pieces.ts";
import { createNetwork, listArrays, type Network, type WeightSource } from "../../../lib/mlp/network.ts";
import { placeNetwork, viewNetwork } from "../../../lib/mlp/place-network.ts";
import { predict } from "../../../lib/mlp/predict.ts";
import { toClassifier } from "../../../lib/mlp/to-classifier.ts";
import { parseTrainerSettings } from "../../../lib/mlp/training-settings.ts";

const allocate = (length: number) => new Float32Array(length);
const sizes = [12, 5, 3];
const network = initializeNetwork(sizes, { activation: "relu", seed: 9, allocate });
const model = buildModel([{ network, record: null }], { classes: ["a", "b", "é"], normalization: "mnist-1" });
const file = encodeModel(model);
const images = Uint8Array.from({ length: 36 }, (_, k) => (k * 37) % 256);

describe("model file", () => {
  it("gives back classes, layers, weights and what belongs to it", () => {
    const read = decodeModel(file);
    expect(read).toEqual(model);
    expect(predict(read, images, 3)).toEqual(predict(model, images, 3));
  });

  it("keeps weights in 16 bits to a relative 2^-11", () => {
    const read = decodeModel(encodeModel({ ...model, meta: { ...model.meta, weights: "f16" } }));
    listArrays(read.networks[0]!).forEach((array, a) => {
      const exact = listArrays(network)[a]!;
      array.forEach((w, k) => {
        expect(Math.abs(w - exact[k]!)).toBeLessThanOrEqual(Math.abs(exact[k]!) * 2 ** -11 + 2 ** -25);
      });
    });
  });

  it("is refused for images of another normalization", () => {
    expect(decodeModel(file, { normalization: "mnist-1" })).toEqual(model);
    expect(() => decodeModel(file, { normalization: "mnist-2" })).toThrow(/normalization "mnist-1"; glyphs are made by "mnist-2"/);
  });

  const python = spawnSync("python3", ["-c", "import zlib"]).status === 0;
  it.skipIf(!python)("is read and computed by a Python program written from the format's description (needs Python)", () => {
    const program = `import json, math, struct, sys, zlib
f = sys.stdin.buffer.read()
assert f[:8] == bytes([0x89, 0x49, 0x4E, 0x4B, 0x4D, 0x0D, 0x0A, 0x1A])
version, size = struct.unpack_from("<II", f, 8)
assert version == 1 and size % 8 == 0
assert struct.unpack_from("<I", f, len(f) - 4)[0] == zlib.crc32(f[:-4])
h = json.loads(f[16:16 + size])
at, a = 16 + size, [((k * 37) % 256) / 255 for k in range(12)]
for l, (i, o) in enumerate(zip(h["layers"], h["layers"][1:])):
    w = struct.unpack_from("<%df" % (i * o), f, at)
    b = struct.unpack_from("<%df" % o, f, at + 4 * i * o)
    at += 4 * (i * o + o)
    a = [b[q] + sum(a[p] * w[p * o + q] for p in range(i)) for q in range(o)]
    if l + 2 < len(h["layers"]): a = [max(0, z) for z in a]
assert at == len(f) - 4
e = [math.exp(z) for z in a]
print(json.dumps([h["classes"], [v / sum(e) for v in e]]))`;
    const { stdout } = spawnSync("python3", ["-c", program], { input: file });
    const [classes, p] = JSON.parse(stdout.toString()) as [string[], number[]];
    expect(classes).toEqual(model.classes);
    predict(model, images.subarray(0, 12), 1).forEach((value, c) => {
      expect(value).toBeCloseTo(p[c]!, 6);
    });
  });

  it("can be read at an odd place of a larger buffer", () => {
    const outer = new Uint8Array(file.length + 3);
    outer.set(file, 3);
    expect(decodeModel(outer.subarray(3))).toEqual(model);
  });

  it("refuses every single changed byte and every shortening", () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Uint8Array.from(file);
        damaged[at] = damaged[at]! ^ flip;
        expect(() => decodeModel(damaged)).toThrow(InkformError);
      }),
      { numRuns: 300 },
    );
    for (let length = 0; length < file.length; length++) expect(() => decodeModel(file.subarray(0, length))).toThrow(InkformError);
  });

  it("refuses any other bytes with a message, never another exception", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => decodeModel(bytes)).toThrow(InkformError);
      }),
    );
  });

  it("refuses a whole file whose content does not fit, with a hint", () => {
    const header = {
      kind: "model",
      layers: [12, 3],
      activation: "relu",
      classes: ["a", "b", "c"],
      normalization: "x",
      weights: "f32",
      record: null,
    };
    const payload = new Uint8Array(39 * 4);
    expect(decodeModel(joinPieces(encodeContainer(header, [payload]))).layers).toEqual([12, 3]);
    const refused = (change: object, bytes = payload) =>
      expect(() => decodeModel(joinPieces(encodeContainer({ ...header, ...change }, [bytes]))));
    refused({ layers: [100_000, 100_000, 3] }).toThrow(/need .* bytes of weights/);
    refused({ classes: ["a"] }).toThrow(/3 outputs but 1 classes/);
    refused({ activation: "gelu" }).toThrow(/header is not as/);
    refused({ layers: [12, -3] }).toThrow(/header is not as/);
    refused({ kind: "checkpoint" }).toThrow(/checkpoint of a training, not a model/);
    refused({}, payload.subarray(4)).toThrow(/need 156 bytes of weights, but it has 152/);
    const notNumbers = new Uint8Array(payload.length);
    notNumbers.set([0, 0, 0xc0, 0x7f], 8);
    refused({}, notNumbers).toThrow(/weights that are not numbers/);
    const newer = Uint8Array.from(file);
    newer[8] = 5;
    new DataView(newer.buffer).setUint32(newer.length - 4, crc32(newer.subarray(0, -4)), true);
    expect(() => decodeModel(newer)).toThrow(/format version 5; this Inkform reads versions 1 to 4/);
  });

  it("is never written with weights that are not numbers, or too large for 16 bits", () => {
    const broken = createNetwork(sizes, "relu", allocate);
    broken.layers[1]!.w[2] = Number.NaN;
    expect(() => encodeModel({ ...model, networks: [broken] })).toThrow(/not numbers/);
    broken.layers[1]!.w[2] = 70_000;
    expect(() => encodeModel({ ...model, networks: [broken], meta: { ...model.meta, weights: "f16" } })).toThrow(/too large for 16 bits/);
  });
});

describe("checkpoint", () => {
  const state = {
    network,
    velocity: createNetwork(sizes, "relu", allocate),
    squares: null,
    average: null,
    best: null,
    progress: { epoch: 1, step: 2, lossSum: 0.1 + 0.2, errorSum: 3, seen: 8 },
  };
  const settings = parseTrainerSettings({ sizes, epochs: 3, batch: 4 });
  const checkpoint = { settings, classes: model.classes, dataHash: "h", seconds: 1.5, curve: [], state };

  it("gives everything back exactly", () => {
    state.velocity.layers[0]!.w[3] = 1.25e-7;
    expect(decodeCheckpoint(joinPieces(encodeCheckpoint(checkpoint)))).toEqual(checkpoint);
  });

  it("comes in pieces of at most 1 MiB, also of layers larger than that, and reads back whole", () => {
    const large = createNetwork([600, 700, 3], "relu", (length) => new Float32Array(length));
    listArrays(large).forEach((array, n) => {
      for (let k = 0; k < array.length; k++) array[k] = Math.fround((k % 1009) - n / 3);
    });
    const readRows: WeightSource["readRows"] = (to, { l, first }) => {
      const { w, b } = large.layers[l]!;
      const at = first * b.length;
      to.set(new Float32Array([...w, ...b]).subarray(at, at + to.length));
    };
    const bytesOf = (network: Network) => Buffer.concat(listArrays(network).map((array) => new Uint8Array(array.buffer)));
    const at = { ...checkpoint, settings: { ...settings, sizes: [...large.sizes] } };
    const there = encodeCheckpoint({ ...at, state: { ...state, network: large, velocity: large } });
    const elsewhere = encodeCheckpoint({ ...at, state: { ...state, network: large, velocity: { ...large, readRows } } });
    for (const pieces of [there, elsewhere]) {
      const lengths = [...pieces.read()].map(({ length }) => length);
      expect(lengths.length).toBeGreaterThan(4);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(2 ** 20);
      expect(lengths.reduce((a, b) => a + b)).toBe(pieces.length);
      const read = decodeCheckpoint(joinPieces(pieces)).state;
      for (const network of [read.network, read.velocity]) expect(bytesOf(network).equals(bytesOf(large))).toBe(true);
    }
  });

  it("reads weights where kernels keep them, a few rows at a time, as they were put there", () => {
    for (const sizes of [
      [5, 1, 3],
      [7, 9, 33, 2],
      [300, 1100, 65],
    ]) {
      const network = createNetwork(sizes, "relu", (length) => new Float32Array(length));
      listArrays(network).forEach((array, n) => {
        for (let k = 0; k < array.length; k++) array[k] = k + n / 8;
      });
      for (const kernels of [createSimdKernels({ sizes, B: 1, training: false }), sparseKernels]) {
        const pieces = encodeWeights(viewNetwork(kernels, placeNetwork(kernels, network)), "f32");
        expect(decodeNetwork(joinPieces(pieces), { sizes, activation: "relu", format: "f32" })).toEqual(network);
      }
    }
  });

  it("is never written with weights that are not numbers, also straight from where they are", () => {
    const readRows: WeightSource["readRows"] = (to) => {
      to.fill(1);
      to[to.length - 1] = Number.NaN;
    };
    const view = { ...state, velocity: { sizes, activation: "relu", readRows } as const };
    expect(() => joinPieces(encodeCheckpoint({ ...checkpoint, state: view }))).toThrow(/not numbers/);
  });

  it("refuses a model, and damage", () => {
    expect(() => decodeCheckpoint(file)).toThrow(/not the checkpoint of a training/);
    expect(() => decodeCheckpoint(joinPieces(encodeCheckpoint(checkpoint)).subarray(0, 400))).toThrow(InkformError);
  });
});

describe("half floats", () => {
  it("round-trip: every one of the 63,488 finite ones", () => {
    for (let half = 0; half < 65536; half++) {
      if ((half & 0x7c00) === 0x7c00) continue;
      if (toHalf(fromHalf(half)) !== half) expect.fail(`0x${half.toString(16)}`);
    }
  });

  // IEEE 754-2008, binary16.
  it.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65520, 0x7c00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [1 / 3, 0x3555],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [-0, 0x8000],
  ])("%f is 0x%s", (value, half) => {
    expect(toHalf(value)).toBe(half);
  });

  const numpy = spawnSync("/usr/bin/python3", ["-c", "import numpy"]).status === 0;
  it.skipIf(!numpy)("rounds as NumPy does (needs NumPy)", () => {
    const rng = new Rng(1);
    const values = Array.from({ length: 2000 }, () => Math.fround(rng.normal() * 10 ** rng.between(-9, 4)));
    const program =
      "import sys, json, numpy as np\nv = np.array(json.load(sys.stdin), dtype=np.float32)\nprint(json.dumps(v.astype(np.float16).view(np.uint16).tolist()))";
    const { stdout } = spawnSync("/usr/bin/python3", ["-c", program], { input: JSON.stringify(values) });
    expect(values.map(toHalf)).toEqual(JSON.parse(stdout.toString()));
  });
});

describe("predict", () => {
  it("gives rows that sum to 1 and do not depend on their neighbours", () => {
    const many = new Uint8Array(300 * 12).map((_, k) => (k * 53) % 256);
    const all = predict(model, many, 300);
    for (const n of [0, 127, 128, 299]) {
      const row = all.subarray(n * 3, n * 3 + 3);
      expect(row[0]! + row[1]! + row[2]!).toBeCloseTo(1, 6);
      expect([...predict(model, many.subarray(n * 12, n * 12 + 12), 1)]).toEqual([...row]);
    }
  });

  it("refuses sizes that do not fit", () => {
    expect(() => predict(model, images, 2)).toThrow(/images of 12 pixels; 2 of them are 24 bytes, but 36 came/);
    expect(() => forwardAll(model, images)).toThrow(/12 pixels, but 36 came/);
  });

  it("takes no image at all", () => {
    expect(predict(model, new Uint8Array(0), 0).length).toBe(0);
  });

  it("forwardAll gives every layer, the last being the prediction", () => {
    const image = images.subarray(0, 12);
    const layers = forwardAll(model, image);
    expect(layers.map((a) => a.length)).toEqual(sizes);
    expect(layers[0]![1]).toBeCloseTo(37 / 255, 6);
    expect([...layers[2]!]).toEqual([...predict(model, image, 1)]);
  });

  it("is a classifier of the pipeline", () => {
    const classifier = toClassifier(model);
    expect(classifier.classes).toEqual(["a", "b", "é"]);
    expect(classifier.predict(images, 3)).toEqual(predict(model, images, 3));
  });
});
