import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildModel } from "../../lib/mlp/build-model.ts";
import { decodeModel } from "../../lib/mlp/model-file/decode-model.ts";
import { encodeModel } from "../../lib/mlp/model-file/encode-model.ts";
import { predict } from "../../lib/mlp/predict.ts";
import { bundleCommandLine, type CommandLine, type CommandResult } from "../support/command-line.ts";
import { onnxPredict } from "../support/onnx-predict.ts";
import { randomNetwork } from "../support/random-network.ts";

const folder = mkdtempSync(join(tmpdir(), "inkform-models-"));
const at = (name: string): string => join(folder, name);

let commands: Record<"committee" | "export", CommandLine>;
const run = (script: "committee" | "export", args: readonly string[]): Promise<CommandResult> => commands[script].run(...args);

function write(name: string, sizes: readonly number[], options: { readonly normalization?: string } = {}): void {
  const network = randomNetwork(sizes, { activation: "relu", seed: sizes.length });
  const classes = Array.from({ length: sizes.at(-1)! }, (_, c) => String(c));
  writeFileSync(at(name), encodeModel(buildModel([{ network, record: null }], { classes, normalization: "mnist-1", ...options })));
}

beforeAll(async () => {
  commands = { committee: await bundleCommandLine("committee"), export: await bundleCommandLine("export") };
  write("a.ink", [784, 16, 10]);
  write("b.ink", [784, 12, 8, 10]);
  write("letters.ink", [784, 16, 26]);
  write("other.ink", [784, 16, 10], { normalization: "mnist-2" });
  return () => {
    for (const command of Object.values(commands)) command.remove();
  };
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("npm run committee, npm run export", () => {
  it("join two models and hand the committee to ONNX Runtime", async () => {
    const joined = await commands.committee.runAsIs(at("a.ink"), at("b.ink"), "--out", at("sub/c.ink"));
    expect(joined.stderr).toBe("");
    expect(JSON.parse(joined.stdout)).toMatchObject({
      networks: 2,
      layers: [
        [784, 16, 10],
        [784, 12, 8, 10],
      ],
      weights: "f32",
    });
    const exported = await commands.export.runAsIs("--model", at("sub/c.ink"), "--to", "onnx", "--out", at("sub/c.onnx"));
    expect(exported.code).toBe(0);
    expect(JSON.parse(exported.stdout)).toMatchObject({ format: "onnx", bytes: readFileSync(at("sub/c.onnx")).length });
    const images = Uint8Array.from({ length: 3 * 784 }, (_, k) => (k * 37) % 256);
    const expected = predict(decodeModel(readFileSync(at("sub/c.ink"))), images, 3);
    (await onnxPredict(readFileSync(at("sub/c.onnx")), images, 3)).forEach((p, k) => {
      expect(Math.abs(p - expected[k]!)).toBeLessThan(1e-5);
    });
    expect((await run("export", ["--model", at("a.ink"), "--to", "safetensors", "--out", at("sub/a.safetensors")])).code).toBe(0);
    expect(readdirSync(at("sub")).sort()).toEqual(["a.safetensors", "c.ink", "c.onnx"]);
  });

  it("refuse what does not go together or is no model, and write nothing", async () => {
    const refused = async (script: "committee" | "export", args: string[], code: number, message: RegExp): Promise<void> => {
      const result = await run(script, [...args, "--out", at("nothing")]);
      expect(result.stderr).toMatch(message);
      expect(result.code).toBe(code);
    };
    writeFileSync(at("cut.ink"), readFileSync(at("a.ink")).subarray(0, 1000));
    await refused(
      "committee",
      [at("a.ink"), at("letters.ink")],
      1,
      /letters\.ink cannot join .*a\.ink .* 26 classes .* the first 10 classes/,
    );
    await refused("committee", [at("a.ink"), at("other.ink")], 1, /normalization "mnist-2"/);
    await refused("committee", [at("a.ink"), at("cut.ink")], 1, /cut\.ink: The model file is damaged or cut short/);
    await refused("committee", [at("a.ink")], 2, /Two models or more/);
    await refused("export", ["--model", at("a.ink"), "--to", "tflite"], 2, /onnx.*safetensors/);
    await refused("export", ["--model", at("missing.ink"), "--to", "onnx"], 1, /missing\.ink: the model file cannot be read \(ENOENT\)/);
    expect(readdirSync(folder)).not.toContain("nothing");
  });
});
