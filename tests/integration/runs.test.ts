import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatasetSchema } from "../../lib/contracts/datasets.ts";
import { createRunSchema, evaluationViewSchema, type RunView, runViewSchema } from "../../lib/contracts/runs.ts";
import { Rng } from "../../lib/core/rng.ts";
import { decodeModel } from "../../lib/mlp/model-file/decode-model.ts";
import { listArrays } from "../../lib/mlp/network.ts";
import { predict } from "../../lib/mlp/predict.ts";
import { createDataset } from "../../lib/server/services/datasets/create-dataset.ts";
import { evaluateModel } from "../../lib/server/services/evaluations/evaluate-model.ts";
import { getEvaluation } from "../../lib/server/services/evaluations/get-evaluation.ts";
import { downloadModel } from "../../lib/server/services/models/download-model.ts";
import { listModels } from "../../lib/server/services/models/list-models.ts";
import { readModel } from "../../lib/server/services/models/read-model.ts";
import { createRun } from "../../lib/server/services/runs/create-run.ts";
import { getRun } from "../../lib/server/services/runs/get-run.ts";
import { listRuns } from "../../lib/server/services/runs/list-runs.ts";
import { resumeRun } from "../../lib/server/services/runs/resume-run.ts";
import { handleTraining } from "../../lib/server/services/runs/run-training.ts";
import { stopRun } from "../../lib/server/services/runs/stop-run.ts";
import { insertGlyphs } from "../support/insert-glyphs.ts";
import { onnxPredict } from "../support/onnx-predict.ts";
import { DATABASES, FASTEST, openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";
import { waitForJobs } from "../support/wait-for-jobs.ts";

/** Long enough to be stopped on its way, by many steps rather than by many epochs: each of these is a checkpoint, with a file and several writes to the database. */
const LONG = { hidden: [192], epochs: 24, batch: 1, rate: 0.001, momentum: 0.9, seed: 5 };

async function makeDataset(runtime: TestRuntime): Promise<string> {
  const rng = new Rng(1);
  const glyphs = ["w1", "w2", "w3"].flatMap((writer) =>
    Array.from({ length: 150 }, (_, i) => ({ prompt: String(i % 10), writer, image: drawNoisyStripe(i % 10, rng) })),
  );
  await insertGlyphs(runtime, glyphs);
  return (await createDataset(runtime, "test", createDatasetSchema.parse({ includeAgreeing: true, testFraction: 0.34 }))).id;
}

/** Class k: a broad stripe at a height of its own, under noise, so that there is something to learn and some to get wrong. */
function drawNoisyStripe(k: number, rng: Rng): Uint8Array {
  const image = new Uint8Array(784);
  for (let i = 0; i < 784; i++) {
    const row = Math.floor(i / 28);
    const inside = row >= 2 + 2 * k && row < 6 + 2 * k;
    image[i] = rng.float() < (inside ? 0.6 : 0.25) ? 255 : 0;
  }
  return image;
}

async function waitFor(runtime: TestRuntime, id: string, until: (run: RunView) => boolean, what: string): Promise<RunView> {
  for (let i = 0; i < 6000; i++) {
    const run = await getRun(runtime.database.client, id, 0);
    if (until(run)) return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited 300 s for: ${what}`);
}
async function waitForEnd(runtime: TestRuntime, id: string): Promise<RunView> {
  await waitForJobs(runtime, { run: { id } });
  return getRun(runtime.database.client, id, 0);
}

async function waitForCheckpoint(runtime: TestRuntime, id: string): Promise<void> {
  for (let i = 0; i < 20_000; i++) {
    const row = await runtime.database.client.run.findUniqueOrThrow({
      where: { id },
      select: { checkpointSha256: true, modelSha256: true },
    });
    if (row.checkpointSha256 !== null) return;
    if (row.modelSha256 !== null) throw new Error("the training was over before its checkpoint was seen");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("no checkpoint came");
}

async function readWeights(runtime: TestRuntime, id: string): Promise<number[][]> {
  return listArrays(decodeModel((await readModel(runtime, id)).bytes).networks[0]!).map((array) => [...array]);
}

function start(runtime: TestRuntime, dataset: string, settings: object = {}): Promise<RunView> {
  return createRun(runtime, "test", createRunSchema.parse({ dataset, settings }));
}

/** Process ids of this process's training children. */
function findTrainers(): number[] {
  const lines = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes("threads/train.mjs")).map((line) => Number.parseInt(line, 10));
}

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build-threads.mjs"], { stdio: "inherit" });
});

describe.each(DATABASES)("runs on the %s database", (database) => {
  let runtime: TestRuntime;
  let dataset: string;
  let undisturbed: number[][];
  beforeAll(async () => {
    runtime = await openTestRuntime({ database, registrations: (r) => [handleTraining(r)] });
    dataset = await makeDataset(runtime);
  });
  afterAll(() => runtime.remove());

  it("trains, stores the curve and the model, and measures it on the test split", async () => {
    const started = await start(runtime, dataset, LONG);
    expect(started).toMatchObject({ number: 1, dataset: { id: dataset, name: "Version 1" }, modelReady: false });
    const run = await waitForEnd(runtime, started.id);
    runViewSchema.parse(run);
    expect(run).toMatchObject({ state: "done", modelReady: true, failure: null, classes: [..."0123456789"] });
    expect(run.curve.length).toBe(run.curveLength);
    expect(run.curve.filter((point) => point.trainError !== null)).toHaveLength(LONG.epochs);
    for (let i = 1; i < run.curve.length; i++) expect(run.curve[i].seconds).toBeGreaterThanOrEqual(run.curve[i - 1].seconds);
    const tail = await getRun(runtime.database.client, run.id, run.curveLength - 3);
    expect(tail.curve).toEqual(run.curve.slice(-3));
    expect((await getRun(runtime.database.client, run.id, run.curveLength + 5)).curve).toEqual([]);

    expect(run.evaluations).toMatchObject([{ set: dataset, result: { count: 150 } }]);
    const evaluation = await getEvaluation(runtime.database.client, run.evaluations[0].id);
    evaluationViewSchema.parse(evaluation);
    const { result, confusion, byWriter, mistakes } = evaluation;
    expect(confusion.flat().reduce((a, b) => a + b)).toBe(150);
    expect(confusion.reduce((sum, row, k) => sum + row[k], 0)).toBe(150 - result.errors);
    expect(byWriter).toEqual([{ writer: expect.stringMatching(/^w[123]$/) as string, errors: result.errors, count: 150 }]);
    expect(mistakes.length).toBeGreaterThanOrEqual(Math.min(60, result.errors));
    for (const mistake of mistakes) expect(mistake.glyphId).not.toBeNull();
    expect((await evaluateModel(runtime, run.id, dataset)).id).toBe(evaluation.id);
    expect((await evaluateModel(runtime, "starter", dataset)).modelName).toBe("Starter model");

    const models = await listModels(runtime);
    expect(models.map((m) => m.id)).toEqual(["starter", run.id]);
    expect(models[1]).toMatchObject({ layers: [784, LONG.hidden[0], 10], mnist: null });
    const own = await readModel(runtime, run.id);
    expect(await downloadModel(runtime, run.id, "ink")).toEqual({ bytes: own.bytes, fileName: own.fileName });
    const onnx = await downloadModel(runtime, run.id, "onnx");
    expect(onnx.fileName).toBe(own.fileName.replace(".ink", ".onnx"));
    const image = Uint8Array.from({ length: 784 }, (_, k) => (k * 37) % 256);
    const expected = predict(decodeModel(own.bytes), image, 1);
    (await onnxPredict(onnx.bytes, image, 1)).forEach((p, c) => {
      expect(Math.abs(p - expected[c])).toBeLessThan(1e-5);
    });
    expect((await downloadModel(runtime, "starter", "safetensors")).fileName).toBe("starter.safetensors");
    const row = await runtime.database.client.run.findUniqueOrThrow({ where: { id: run.id } });
    expect(row.checkpointSha256).toBeNull();
    await expect(resumeRun(runtime, run.id)).rejects.toMatchObject({ code: "conflict" });
    undisturbed = await readWeights(runtime, run.id);
  });

  it("stops with a model of what it has, and resumes to the weights it would have had", async () => {
    const { id } = await start(runtime, dataset, LONG);
    await waitFor(runtime, id, (run) => run.curveLength > 3, "some points");
    await stopRun(runtime, id);
    const stopped = await waitForEnd(runtime, id);
    expect(stopped).toMatchObject({ state: "stopped", modelReady: true, failure: null });
    expect(stopped.evaluations).toHaveLength(1);
    expect(stopped.curve.at(-1)!.epoch).toBeLessThan(LONG.epochs);
    expect(await readWeights(runtime, id)).not.toEqual(undisturbed);

    await resumeRun(runtime, id);
    const done = await waitForEnd(runtime, id);
    expect(done).toMatchObject({ state: "done", modelReady: true });
    expect(await readWeights(runtime, id)).toEqual(undisturbed);
    expect(done.evaluations).toHaveLength(1);
    expect(done.evaluations[0].id).not.toBe(stopped.evaluations[0].id);
    const ends = done.curve.filter((point) => point.trainError !== null).map((point) => point.epoch);
    expect(ends).toEqual(Array.from({ length: LONG.epochs }, (_, i) => i + 1));
  });

  it("goes on after the server was stopped and started again, to the same weights", async () => {
    const { id } = await start(runtime, dataset, LONG);
    await waitFor(runtime, id, (run) => run.curveLength > 3, "some points");
    await runtime.close();
    runtime = await runtime.reopen();
    expect((await getRun(runtime.database.client, id, 0)).modelReady).toBe(false);
    expect((await waitForEnd(runtime, id)).state).toBe("done");
    expect(await readWeights(runtime, id)).toEqual(undisturbed);
  });

  it("goes on from the last checkpoint after a kill -9 of the training process, to the same weights", async () => {
    const { id } = await start(runtime, dataset, LONG);
    await waitForCheckpoint(runtime, id);
    const trainers = findTrainers();
    expect(trainers).toHaveLength(1);
    process.kill(trainers[0], "SIGKILL");
    const done = await waitForEnd(runtime, id);
    expect(done).toMatchObject({ state: "done", failure: null });
    expect(await runtime.database.client.job.findFirst({ where: { run: { id } }, select: { attempts: true } })).toEqual({ attempts: 2 });
    expect(await readWeights(runtime, id)).toEqual(undisturbed);
    const ends = done.curve.filter((point) => point.trainError !== null).map((point) => point.epoch);
    expect(ends).toEqual(Array.from({ length: LONG.epochs }, (_, i) => i + 1));
  });

  it("trains a committee, also over a kill -9 in its second network, and measures it", async () => {
    const settings = { ...LONG, epochs: 12, members: 2 };
    const { id } = await start(runtime, dataset, settings);
    const whole = await waitForEnd(runtime, id);
    expect(whole).toMatchObject({ state: "done", fraction: 1, evaluations: [{ set: dataset, result: { count: 150 } }] });
    expect(whole.curve.at(-1)).toMatchObject({ member: 2, epoch: 24 });
    const { networks } = decodeModel((await readModel(runtime, id)).bytes);
    expect(networks.length).toBe(2);

    const again = await start(runtime, dataset, settings);
    await waitFor(runtime, again.id, (run) => run.curve.some((point) => point.member === 2), "a point of the second network");
    await waitForCheckpoint(runtime, again.id);
    const [trainer] = findTrainers();
    process.kill(trainer, "SIGKILL");
    expect(await waitForEnd(runtime, again.id)).toMatchObject({ state: "done", failure: null });
    const bytesOf = (list: typeof networks) => list.map((network) => listArrays(network).map((array) => [...array]));
    expect(bytesOf(decodeModel((await readModel(runtime, again.id)).bytes).networks)).toEqual(bytesOf(networks));
  });

  it("stops one that waits in the queue before it began, and starts it by a resume", async () => {
    const first = await start(runtime, dataset, LONG);
    const second = await start(runtime, dataset, { ...LONG, epochs: 2 });
    expect(await stopRun(runtime, second.id)).toMatchObject({ state: "stopped", modelReady: false });
    await expect(readModel(runtime, second.id)).rejects.toMatchObject({ code: "conflict" });
    await stopRun(runtime, first.id);
    await resumeRun(runtime, second.id);
    expect(await waitForEnd(runtime, second.id)).toMatchObject({ state: "done", modelReady: true });
    expect((await listRuns(runtime.database.client, "test")).map((run) => run.number).slice(0, 2)).toEqual([second.number, first.number]);
  });

  it("fails with a clear message where it diverges, and keeps no model", async () => {
    const { id } = await start(runtime, dataset, { hidden: [64, 64], epochs: 50, batch: 4, rate: 10, momentum: 0.99 });
    const failed = await waitForEnd(runtime, id);
    expect(failed).toMatchObject({ state: "failed", modelReady: false });
    expect(failed.failure).toMatch(/learning rate|diverge/i);
  });

  it("refuses what cannot be trained or measured", async () => {
    await expect(start(runtime, "nothing")).rejects.toMatchObject({ code: "not-found" });
    await expect(start(runtime, "mnist")).rejects.toMatchObject({ code: "unavailable" });
    await expect(evaluateModel(runtime, "starter", "mnist")).rejects.toMatchObject({ code: "unavailable" });
    await expect(evaluateModel(runtime, "nothing", dataset)).rejects.toMatchObject({ code: "not-found" });
    const whole = await createDataset(runtime, "test", createDatasetSchema.parse({ includeAgreeing: true, testFraction: 0 }));
    await expect(evaluateModel(runtime, "starter", whole.id)).rejects.toThrow(/test split: is empty/);
    // At once, not when the job comes to it; and the form learns which field it is.
    for (const [stopping, path] of [
      [{ patience: 2 }, "settings.stopping.patience"],
      [{ keep: "best" }, "settings.stopping.keep"],
    ] as const) {
      const refused = {
        code: "invalid-argument",
        message: expect.stringMatching(/needs a validation split/) as string,
        fields: [{ path }],
      };
      await expect(start(runtime, dataset, { stopping })).rejects.toMatchObject(refused);
    }
  });
});

describe.skipIf(!process.env.MNIST_DIR)("runs on MNIST (MNIST_DIR)", () => {
  it("trains on MNIST alone, and is measured on its test set", async () => {
    const runtime = await openTestRuntime({
      database: FASTEST,
      variables: { MNIST_DIR: process.env.MNIST_DIR! },
      registrations: (r) => [handleTraining(r)],
    });
    try {
      const { id } = await start(runtime, "mnist", { hidden: [16], epochs: 1, batch: 64, rate: 0.05, momentum: 0.9 });
      const run = await waitForEnd(runtime, id);
      expect(run).toMatchObject({
        state: "done",
        dataset: { id: "mnist", name: "MNIST" },
        evaluations: [{ set: "mnist", result: { count: 10_000 } }],
      });
      expect(run.evaluations[0].result.errorRate).toBeLessThan(0.12);
      expect((await listModels(runtime))[1].mnist).toEqual(run.evaluations[0].result);
      const evaluation = await getEvaluation(runtime.database.client, run.evaluations[0].id);
      expect(evaluation).toMatchObject({ setName: "MNIST's test set", byWriter: [] });
      // The 60 surest, and beyond them up to 8 of each cell of the confusion matrix.
      expect(evaluation.mistakes.length).toBeGreaterThanOrEqual(60);
      expect(evaluation.mistakes.length).toBeLessThanOrEqual(600);
      expect(evaluation.mistakes[0].glyphId).toBeNull();
    } finally {
      await runtime.remove();
    }
  });
});
