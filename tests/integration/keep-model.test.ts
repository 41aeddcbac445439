import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatasetSchema } from "../../lib/contracts/datasets.ts";
import { runViewSchema, trainSettingsSchema } from "../../lib/contracts/runs.ts";
import { decodeModel } from "../../lib/mlp/model-file/decode-model.ts";
import { encodeModel } from "../../lib/mlp/model-file/encode-model.ts";
import { createDataset } from "../../lib/server/services/datasets/create-dataset.ts";
import { readSplit } from "../../lib/server/services/datasets/read-split.ts";
import { readModel } from "../../lib/server/services/models/read-model.ts";
import { getRun } from "../../lib/server/services/runs/get-run.ts";
import { keepModel } from "../../lib/server/services/runs/keep-model.ts";
import { resumeRun } from "../../lib/server/services/runs/resume-run.ts";
import { handleTraining } from "../../lib/server/services/runs/run-training.ts";
import { insertGlyphs } from "../support/insert-glyphs.ts";
import { openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";
import { buildStripedSet } from "../support/striped-set.ts";
import { trainInNode } from "../support/train-in-node.ts";
import { waitForJobs } from "../support/wait-for-jobs.ts";

/** What a tab would send: a network trained on the version's own split. */
async function train(runtime: TestRuntime, dataset: string, classes?: readonly string[]): Promise<Uint8Array> {
  const split = await readSplit(runtime, dataset, "train");
  const settings = trainSettingsSchema.parse({ hidden: [12], epochs: 3, batch: 16, rate: 0.05, seed: 7 });
  const request = { train: split, classes: classes ?? split.classes, settings };
  return (await trainInNode(request, { onPoint: () => {}, onCheckpoint: () => {}, isStopped: () => false })).model;
}

describe("keepModel", () => {
  let runtime: TestRuntime;
  let dataset: string;
  let model: Uint8Array;
  beforeAll(async () => {
    runtime = await openTestRuntime({ registrations: (r) => [handleTraining(r)] });
    const { images, labels } = buildStripedSet(240, { side: 28, classes: 4, seed: 3 });
    const glyphs = [...labels].map((label, n) => ({
      prompt: String(label),
      writer: `w${n % 3}`,
      image: images.slice(n * 784, (n + 1) * 784),
    }));
    await insertGlyphs(runtime, glyphs);
    dataset = (await createDataset(runtime, "test", createDatasetSchema.parse({ includeAgreeing: true, testFraction: 0.34 }))).id;
    model = await train(runtime, dataset);
  });
  afterAll(() => runtime.remove());

  it("makes it a run with its settings and its curve, and measures it on the test split", async () => {
    const kept = runViewSchema.parse(await keepModel(runtime, "test", { dataset, bytes: model }));
    expect(kept).toMatchObject({ number: 1, dataset: { id: dataset, name: "Version 1, in a tab" }, modelReady: true });
    expect(kept.settings).toMatchObject({ hidden: [12], epochs: 3, batch: 16, rate: 0.05, seed: 7 });
    expect(kept.curve.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    await waitForJobs(runtime);
    const run = await getRun(runtime.database.client, kept.id, 0);
    expect(run).toMatchObject({ state: "done", evaluations: [{ set: dataset, result: { count: 80 } }] });
    expect(Buffer.from((await readModel(runtime, kept.id)).bytes).equals(model)).toBe(true);
    await expect(resumeRun(runtime, kept.id)).rejects.toThrow();
  });

  it("refuses in words what is no such model, and stores nothing", async () => {
    const before = await runtime.database.client.run.count();
    const damaged = model.slice();
    damaged[damaged.length - 1000]! ^= 1;
    const decoded = decodeModel(model);
    const withoutRecord = encodeModel({ ...decoded, meta: { ...decoded.meta, records: [null] } });
    const foreign = encodeModel({ ...decoded, meta: { ...decoded.meta, normalization: "other-9" } });
    const others = await train(runtime, dataset, ["0", "1", "2", "9"]);
    for (const [bytes, message] of [
      [new Uint8Array(0), /./],
      [new TextEncoder().encode("not a model at all"), /./],
      [model.subarray(0, 2000), /./],
      [damaged, /damaged|checksum/],
      [withoutRecord, /no record of its training.*Nothing was stored/],
      [foreign, /normalization "other-9"/],
      [others, /tells 0129 apart, but Version 1 has 0123/],
    ] satisfies [Uint8Array, RegExp][]) {
      const kept = keepModel(runtime, "test", { dataset, bytes });
      await expect(kept).rejects.toThrow(message);
      await expect(kept).rejects.toMatchObject({ name: "InkformError", code: expect.stringMatching(/invalid-file|conflict/) as string });
    }
    await expect(keepModel(runtime, "test", { dataset: "none", bytes: model })).rejects.toThrow(/no data set none/);
    expect(await runtime.database.client.run.count()).toBe(before);
  });
});
