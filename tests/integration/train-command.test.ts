import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeIdxImages, encodeIdxLabels } from "../../lib/dataset/idx-write.ts";
import { decodeModel } from "../../lib/mlp/model-file/decode-model.ts";
import { bundleCommandLine, type CommandLine, type CommandResult } from "../support/command-line.ts";
import { buildStripedSet } from "../support/striped-set.ts";

const folder = mkdtempSync(join(tmpdir(), "inkform-train-"));
const at = (name: string): string => join(folder, name);

let commands: Record<"train" | "evaluate", CommandLine>;
const run = (script: "train" | "evaluate", args: readonly string[]): Promise<CommandResult> => commands[script].run(...args);

function lines(stdout: string): Record<string, unknown>[] {
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

beforeAll(async () => {
  commands = { train: await bundleCommandLine("train"), evaluate: await bundleCommandLine("evaluate") };
  const train = buildStripedSet(600, { side: 28, classes: 3, seed: 1 });
  const test = buildStripedSet(100, { side: 28, classes: 3, seed: 2 });
  writeFileSync(at("train-images-idx3-ubyte.gz"), gzipSync(encodeIdxImages(train.images)));
  writeFileSync(at("train-labels-idx1-ubyte"), encodeIdxLabels(train.labels));
  writeFileSync(at("t10k-images-idx3-ubyte"), encodeIdxImages(test.images));
  writeFileSync(at("t10k-labels-idx1-ubyte.gz"), gzipSync(encodeIdxLabels(test.labels)));
  return () => {
    for (const command of Object.values(commands)) command.remove();
  };
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("npm run train, npm run evaluate", () => {
  it("train a model from raw and packed files, and say how well it reads", async () => {
    const args = ["--data", folder, "--layers", "784,16,10", "--epochs", "3", "--batch", "32", "--lr", "0.05", "--seed", "7"];
    const more = ["--augment", "affine", "--threads", "2", "--max-seconds", "60", "--out", at("sub/model.ink")];
    const trained = await commands.train.runAsIs(...args, ...more);
    expect(trained.stderr).toContain("600 examples of 10 classes");
    expect(trained.code).toBe(0);
    const report = lines(trained.stdout);
    expect(report.slice(0, 3).map((line) => line.epoch)).toEqual([1, 2, 3]);
    expect(Object.keys(report[0]!)).toEqual([
      "epoch",
      "seconds",
      "loss",
      "trainError",
      "validationError",
      "samplesPerSecond",
      "secondsLeft",
      "member",
    ]);
    expect(report[3]).toMatchObject({ out: at("sub/model.ink"), epochs: 3, seed: 7, stopped: false });
    expect(decodeModel(readFileSync(at("sub/model.ink"))).layers).toEqual([784, 16, 10]);

    const committee = await run("train", [...args, "--members", "2", "--weights", "f16", "--out", at("committee.ink")]);
    expect(lines(committee.stdout).map((line) => line.member ?? "all")).toEqual([1, 1, 1, 2, 2, 2, "all"]);
    expect(lines(committee.stdout).at(-1)).toMatchObject({ networks: 2, epochs: 6, seed: 7 });
    expect(decodeModel(readFileSync(at("committee.ink"))).networks.length).toBe(2);

    const evaluated = await commands.evaluate.runAsIs("--model", at("sub/model.ink"), "--data", folder, "--split", "test");
    expect(evaluated.code).toBe(0);
    const [result] = lines(evaluated.stdout) as {
      errorRate: number;
      interval: number[];
      errors: number;
      count: number;
      confusion: number[][];
      classes: string[];
    }[];
    expect(Object.keys(result!)).toEqual(["errorRate", "interval", "errors", "count", "confusion", "classes"]);
    expect(result!.count).toBe(100);
    expect(result!.errorRate).toBe(result!.errors / 100);
    expect(result!.errorRate).toBeLessThan(0.05);
    expect(result!.classes).toEqual([..."0123456789"]);
    expect(result!.confusion.flat().reduce((a, b) => a + b)).toBe(100);
  });

  it("take a folder of npm run read together with another, leave out unlabelled glyphs, name letters, hold out a validation split", async () => {
    const read = mkdtempSync(join(folder, "read-"));
    const set = buildStripedSet(60, { side: 28, classes: 2, seed: 3 });
    writeFileSync(join(read, "images-idx3-ubyte"), encodeIdxImages(set.images));
    writeFileSync(join(read, "labels-idx1-ubyte"), encodeIdxLabels(set.labels.map((label, n) => (n < 10 ? 255 : 10 + 26 * label))));
    const args = ["--data", folder, "--data", read, "--epochs", "1", "--hold-out", "50", "--weights", "f16", "--out", at("letters.ink")];
    const { code, stderr, stdout } = await run("train", args);
    expect(stderr).toContain("10 images have no label");
    expect(stderr).toContain("600 examples of 5 classes, 50 for validation");
    expect(code).toBe(0);
    expect(lines(stdout)[0]!.validationError).not.toBeNull();
    expect(decodeModel(readFileSync(at("letters.ink"))).classes).toEqual(["0", "1", "2", "A", "a"]);
    const known = await run("evaluate", ["--model", at("letters.ink"), "--data", read, "--split", "train"]);
    expect(lines(known.stdout)[0]!.count).toBe(50);
  });

  it("leave out what is not of the classes asked for, and take every option", async () => {
    const mixed = mkdtempSync(join(folder, "mixed-"));
    const set = buildStripedSet(90, { side: 28, classes: 3, seed: 4 });
    writeFileSync(join(mixed, "images-idx3-ubyte"), encodeIdxImages(set.images));
    writeFileSync(join(mixed, "labels-idx1-ubyte"), encodeIdxLabels(set.labels.map((label) => [1, 4, 40][label]!)));
    const letters = set.labels.filter((label) => label === 2).length;
    const options =
      "--classes 0123456789 --layers 784,16,10 --epochs 2 --hold-out 20 --optimizer adam --beta2 0.99 --lr 0.002 --schedule step";
    const more =
      "--step-every 1 --skip-below 0 --warm-up 0 --weight-decay 0.01 --label-smoothing 0.1 --dropout 0.2 --dropout-input 0.1 --max-norm 3";
    const last = "--average 0.9 --average-every 2 --patience 5 --keep best --loss squared-error --activation tanh";
    const args = ["--data", mixed, "--out", at("digits.ink"), ...`${options} ${more} ${last}`.split(" ")];
    const { code, stderr } = await run("train", args);
    expect(stderr).toContain(`${letters} examples of other characters than 0123456789 are left out.`);
    expect(stderr).toContain(`${70 - letters} examples of 10 classes, 20 for validation`);
    expect(code).toBe(0);
    const model = decodeModel(readFileSync(at("digits.ink")));
    expect(model.classes).toEqual([..."0123456789"]);
    expect(model.meta.records[0]!.settings).toMatchObject({
      optimizer: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
      schedule: { kind: "step", every: 1, factor: 0.1, warmUp: 0 },
      regularization: { weightDecay: 0.01, labelSmoothing: 0.1, dropout: { input: 0.1, hidden: 0.2 }, maxNorm: 3 },
      averaging: { decay: 0.9, every: 2 },
      stopping: { patience: 5, keep: "best" },
      loss: "squared-error",
    });
    const letter = await run("train", ["--data", mixed, "--out", at("l.ink"), "--classes", "letters"]);
    expect(letter.stderr).toMatch(/fewer than two classes/);
    const help = await run("train", ["--help"]);
    expect(help.stdout).toContain("--average-every K");
  });

  it("end with 2 on wrong arguments, and say what is right", async () => {
    const good = ["--data", folder, "--out", at("x.ink")];
    for (const [args, message] of [
      [[], /--data and --out are needed/],
      [[...good, "--speed", "9"], /Unknown option '--speed'/],
      [[...good, "extra"], /Unexpected argument 'extra'/],
      [[...good, "--epochs", "many"], /--epochs must be a number, not "many"/],
      [[...good, "--lr=-1"], /--lr: The learning rate must be a number above 0, not -1/],
      [[...good, "--epochs", "2.5"], /--epochs: The number of epochs must be a whole number of at least 1, not 2.5/],
      [[...good, "--beta2", "0.9"], /--beta2 does not belong to --optimizer sgd/],
      [[...good, "--classes", "4"], /fewer than two classes/],
      [[...good, "--classes", "4+"], /not "\+"/],
      [[...good, "--augment", "wild"], /one of none, affine, elastic/],
      [[...good, "--layers", "784"], /--layers needs/],
      [[...good, "--layers", "100,10"], /784 pixels: use --layers 784,10/],
      [[...good, "--layers", "784,20,5"], /10 classes \(0123456789\): use --layers 784,20,10/],
    ] as const) {
      const { code, stderr, stdout } = await run("train", [...args]);
      expect(stderr).toMatch(message);
      expect([code, stdout]).toEqual([2, ""]);
    }
    const { code, stderr } = await run("evaluate", ["--model", "m", "--data", "d", "--split", "best"]);
    expect(stderr).toMatch(/one of train, validation, test/);
    expect(code).toBe(2);
  });

  it("end with 1 where data or model do not fit, and say how to mend it", async () => {
    writeFileSync(at("text.ink"), "not a model");
    for (const [script, args, message] of [
      ["train", ["--data", at("nowhere"), "--out", at("x.ink")], /nowhere: has no train split/],
      ["train", ["--data", folder, "--lr", "10", "--batch", "1", "--out", at("x.ink")], /diverged/],
      ["evaluate", ["--model", at("text.ink"), "--data", folder, "--split", "test"], /not an Inkform model/],
      ["evaluate", ["--model", at("none.ink"), "--data", folder, "--split", "test"], /cannot be read \(ENOENT\)/],
      ["evaluate", ["--model", "lib/mlp/starter/starter.ink", "--data", folder, "--split", "validation"], /has no validation split/],
    ] as const) {
      const { code, stderr } = await run(script, [...args]);
      expect(stderr).toMatch(message);
      expect(code).toBe(1);
    }
  });

  const needsMnist = describe.skipIf(!process.env.MNIST_DIR);
  needsMnist("on MNIST (needs MNIST_DIR)", () => {
    // All 25 epochs, and less than 1 %, are `npm run bench -- accuracy`.
    it("three epochs of the default settings leave less than 2 % errors on the test set", async () => {
      const trained = await run("train", ["--data", process.env.MNIST_DIR!, "--epochs", "3", "--out", at("mnist.ink")]);
      expect(trained.code).toBe(0);
      const { stdout } = await run("evaluate", ["--model", at("mnist.ink"), "--data", process.env.MNIST_DIR!, "--split", "test"]);
      const [{ errorRate }] = lines(stdout) as [{ errorRate: number }];
      console.log(`default settings: ${(100 * errorRate).toFixed(2)} % errors on MNIST's test set`);
      expect(errorRate).toBeLessThan(0.02);
    });
  });
});
