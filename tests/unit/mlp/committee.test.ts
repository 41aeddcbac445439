import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { InkformError } from "../../../lib/core/inkform-error.ts";
import { buildModel } from "../../../lib/mlp/build-model.ts";
import { forwardAll } from "../../../lib/mlp/forward-all.ts";
import { joinModels } from "../../../lib/mlp/join-models.ts";
import type { Model } from "../../../lib/mlp/model.ts";
import { encodeContainer } from "../../../lib/mlp/model-file/container.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { encodeModel } from "../../../lib/mlp/model-file/encode-model.ts";
import { joinPieces } from "../../../lib/mlp/model-file/pieces.ts";
import type { Activation } from "../../../lib/mlp/network.ts";
import { predict } from "../../../lib/mlp/predict.ts";
import { randomNetwork } from "../../support/random-network.ts";

const options = { classes: ["a", "b", "é"], normalization: "mnist-1" };
const images = Uint8Array.from({ length: 60 }, (_, k) => (k * 37) % 256);

function single(sizes: readonly number[], seed: number, activation: Activation = "relu"): Model {
  return buildModel([{ network: randomNetwork(sizes, { activation, seed }), record: null }], options);
}

const singles = [single([12, 5, 3], 1), single([12, 7, 4, 3], 2, "tanh"), single([12, 3], 3, "logistic")];
const committee = joinModels(singles, ["x.ink", "y.ink", "z.ink"]);

describe("committee", () => {
  it("predicts the mean of its networks' probabilities, whatever their hidden layers", () => {
    const votes = singles.map((model) => predict(model, images, 5));
    predict(committee, images, 5).forEach((p, k) => {
      expect(p).toBe(Math.fround((votes[0]![k]! + votes[1]![k]! + votes[2]![k]!) / 3));
    });
  });

  it("shows the inside of any one of its networks", () => {
    const image = images.subarray(0, 12);
    singles.forEach((model, m) => {
      expect(forwardAll(committee, image, m)).toEqual(forwardAll(model, image));
    });
    expect(() => forwardAll(committee, image, 3)).toThrow(/has 3 networks, numbered from 0; there is no 3/);
  });

  it("comes back from its file with all networks", () => {
    expect(decodeModel(encodeModel(committee))).toEqual(committee);
  });

  it("comes back in 16 bits, half as large", () => {
    const small = encodeModel({ ...committee, meta: { ...committee.meta, weights: "f16" } });
    const read = decodeModel(small);
    expect(read.meta.weights).toBe("f16");
    const exact = predict(committee, images, 5);
    predict(read, images, 5).forEach((p, k) => {
      expect(Math.abs(p - exact[k]!)).toBeLessThan(2e-3);
    });
  });

  it("of one network is that network, byte for byte, in the format every Inkform reads", () => {
    const file = encodeModel(joinModels([singles[0]!], ["x.ink"]));
    expect(file).toEqual(encodeModel(singles[0]!));
    expect(file[8]).toBe(1);
    expect(encodeModel(committee)[8]).toBe(2);
  });

  it("joins committees: every network keeps one vote", () => {
    const four = joinModels([committee, single([12, 3], 4)], ["c.ink", "d.ink"]);
    expect(four.networks.length).toBe(4);
    expect(four.meta.records.length).toBe(4);
  });

  it("keeps 16 bits only where all were of 16 bits", () => {
    const half = (model: Model): Model => ({ ...model, meta: { ...model.meta, weights: "f16" } });
    expect(joinModels([half(singles[0]!), singles[1]!], ["x", "y"]).meta.weights).toBe("f32");
    expect(joinModels([half(singles[0]!), half(singles[1]!)], ["x", "y"]).meta.weights).toBe("f16");
  });

  it("refuses models that do not belong together, by name and with what differs", () => {
    const network = randomNetwork([12, 3], { activation: "relu", seed: 5 });
    const other = (change: object) => buildModel([{ network, record: null }], { ...options, ...change });
    const join = (second: Model) => () => joinModels([singles[0]!, second], ["x.ink", "y.ink"]);
    expect(join(other({ classes: ["a", "b", "c"] }))).toThrow(
      /y\.ink cannot join x\.ink .* 3 classes \(abc\), the first 3 classes \(abé\)/,
    );
    expect(join(other({ normalization: "mnist-2" }))).toThrow(/normalization "mnist-2", the first's of "mnist-1".*Train it again/);
    expect(join(single([10, 3], 1))).toThrow(/reads 10 pixels, the first 12/);
    expect(() => joinModels([], [])).toThrow(/at least one/);
    const many = Array.from({ length: 26 }, () => singles[0]!);
    expect(() =>
      joinModels(
        many,
        many.map(() => "x"),
      ),
    ).toThrow(/1 to 25 networks, not 26/);
  });

  it("refuses a damaged file at every length, and content that does not fit", () => {
    const file = encodeModel(committee);
    for (let length = 0; length < file.length; length += 7) expect(() => decodeModel(file.subarray(0, length))).toThrow(InkformError);
    for (let at = 0; at < file.length; at += 11) {
      const damaged = Uint8Array.from(file);
      damaged[at] = damaged[at]! ^ 0x10;
      expect(() => decodeModel(damaged)).toThrow(InkformError);
    }
    const member = (layers: number[]) => ({ layers, activation: "relu", record: null });
    const decode = (members: object[], bytes: number) => () =>
      decodeModel(joinPieces(encodeContainer({ kind: "model", ...options, weights: "f32", members }, [new Uint8Array(bytes)], 2)));
    const bytes = 4 * 39;
    expect(decode([member([12, 3]), member([12, 3])], 2 * bytes)().networks.length).toBe(2);
    expect(decode([member([12, 3]), member([12, 3])], 2 * bytes - 4)).toThrow(/need 156 bytes of weights, but it has 152/);
    expect(decode([member([12, 3]), member([12, 3])], 3 * bytes)).toThrow(/need 156 bytes of weights, but it has 312/);
    expect(decode([member([12, 3]), member([100_000, 100_000, 3])], 2 * bytes)).toThrow(/read images of 12 and of 100000 pixels/);
    expect(decode([member([100_000, 100_000, 3]), member([12, 3])], 2 * bytes)).toThrow(InkformError);
    expect(decode([member([12, 3]), member([12, 4])], 2 * bytes)).toThrow(/4 outputs but 3 classes/);
    expect(decode([member([12, 3])], bytes)).toThrow(/header is not as/);
  });

  it("is refused for images of another normalization", () => {
    expect(() => decodeModel(encodeModel(committee), { normalization: "mnist-2" })).toThrow(/glyphs are made by "mnist-2"/);
  });

  const python = spawnSync("python3", ["-c", "import zlib"]).status === 0;
  it.skipIf(!python)("is read by a Python program written from the format's description (needs Python)", () => {
    const program = `import json, struct, sys, zlib
f = sys.stdin.buffer.read()
version, size = struct.unpack_from("<II", f, 8)
assert version == 2 and struct.unpack_from("<I", f, len(f) - 4)[0] == zlib.crc32(f[:-4])
h, at, sums = json.loads(f[16:16 + size]), 16 + size, []
for m in h["members"]:
    n = sum((i + 1) * o for i, o in zip(m["layers"], m["layers"][1:]))
    sums.append(sum(struct.unpack_from("<%df" % n, f, at)))
    at += 4 * n
assert at == len(f) - 4
print(json.dumps(sums))`;
    const { stdout } = spawnSync("python3", ["-c", program], { input: encodeModel(committee) });
    const sums = JSON.parse(stdout.toString()) as number[];
    committee.networks.forEach(({ layers }, m) => {
      const own = layers.flatMap(({ w, b }) => [...w, ...b]).reduce((sum, value) => sum + value, 0);
      expect(sums[m]).toBeCloseTo(own, 9);
    });
  });
});
