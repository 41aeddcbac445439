import { readFileSync } from "node:fs";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printCardsSchema } from "../../lib/contracts/cards.ts";
import { createDatasetSchema } from "../../lib/contracts/datasets.ts";
import { nextSchema } from "../../lib/contracts/review-queue.ts";
import { trainSettingsSchema } from "../../lib/contracts/runs.ts";
import { rejectPage } from "../../lib/pipeline/reject-page.ts";
import { newId } from "../../lib/server/db/new-id.ts";
import { enqueueJob } from "../../lib/server/jobs/enqueue-job.ts";
import type { Runtime } from "../../lib/server/runtime.ts";
import { createCardBatch } from "../../lib/server/services/cards/create-card-batch.ts";
import { createDataset } from "../../lib/server/services/datasets/create-dataset.ts";
import { startDemo } from "../../lib/server/services/demo/start-demo.ts";
import { evaluateModel } from "../../lib/server/services/evaluations/evaluate-model.ts";
import { recordLabels } from "../../lib/server/services/labels/record-labels.ts";
import type { ScanPage } from "../../lib/server/services/read/read-scan.ts";
import { handOut } from "../../lib/server/services/review/hand-out.ts";
import { trainJob } from "../../lib/server/services/runs/train-job.ts";
import { deleteScan } from "../../lib/server/services/scans/delete-scan.ts";
import { storePage } from "../../lib/server/services/scans/store-page.ts";
import { uploadScan } from "../../lib/server/services/scans/upload-scan.ts";
import { insertGlyphs } from "../support/insert-glyphs.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";

const starter = readFileSync("lib/mlp/starter/starter.ink");

describe.each(DATABASES)("what comes at once, on the %s database", (database) => {
  let runtime: TestRuntime;
  let collectionId: string;
  let dataset: string;
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
    collectionId = (await client().collection.findUniqueOrThrow({ where: { slug: "test" } })).id;
    const glyphs = ["w1", "w2", "w3"].flatMap((writer) =>
      Array.from({ length: 10 }, (_, i) => ({ prompt: String(i), writer, image: new Uint8Array(784).fill(20 * i) })),
    );
    await insertGlyphs(runtime, glyphs);
    dataset = (await createDataset(runtime, "test", createDatasetSchema.parse({ includeAgreeing: true, testFraction: 0.34 }))).id;
  });
  afterAll(() => runtime.remove());
  const client = () => runtime.database.client;

  async function upload(shade: number): Promise<string> {
    const png = await sharp({ create: { width: 2, height: 2, channels: 3, background: { r: shade, g: 0, b: 0 } } })
      .png()
      .toBuffer();
    const body = (async function* () {
      yield new Uint8Array(png);
    })();
    return (await uploadScan(runtime, "test", { name: `${shade}.png` }, body)).scanId;
  }

  it("prints a batch of cards once for two clicks", async () => {
    const request = printCardsSchema.parse({ template: "digits", paper: "a4", copies: 1, seed: 77 });
    await Promise.all(Array.from({ length: 4 }, () => createCardBatch(runtime, "test", request)));
    expect(await client().cardBatch.count({ where: { collectionId } })).toBe(1);
  });

  it("starts one demo for two clicks", async () => {
    const started = await Promise.all([startDemo(runtime), startDemo(runtime), startDemo(runtime)]);
    expect(new Set(started.map(({ jobId }) => jobId)).size).toBe(1);
    expect(await client().collection.count({ where: { slug: { startsWith: "demo" } } })).toBe(1);
  });

  it("measures a model once for two clicks", async () => {
    const [first, second] = await Promise.all([1, 2].map(() => evaluateModel(runtime, "starter", dataset)));
    expect(second.id).toBe(first.id);
    expect(await client().evaluation.count({ where: { model: "starter" } })).toBe(1);
  });

  it("keeps no measurement of a model that its run has no more", async () => {
    const { sha256 } = await runtime.blobs.put(starter);
    const id = newId();
    await runtime.database.transaction(async (tx) => {
      const run = { id, collectionId, number: 1, datasetName: "none", classes: [..."0123456789"], settings: trainSettingsSchema.parse({}) };
      await tx.run.create({ data: { ...run, modelSha256: sha256, jobId: await enqueueJob(tx, trainJob, { runId: id }) } });
    });
    // While it is measured, its training comes to an end with another one.
    const pools = {
      ...runtime.pools,
      pool: ((name: "predict") => ({
        async *run(input: unknown) {
          await client().run.update({ where: { id }, data: { modelSha256: "another" } });
          yield* runtime.pools.pool(name).run(input);
        },
      })) as unknown as Runtime["pools"]["pool"],
    };
    await expect(evaluateModel({ ...runtime, pools }, id, dataset)).rejects.toMatchObject({ code: "conflict" });
    expect(await client().evaluation.count({ where: { model: id } })).toBe(0);
  });

  it("deletes a scan once, and tells the second click so", async () => {
    const scan = await upload(1);
    const [first, second] = await Promise.allSettled([deleteScan(runtime, scan), deleteScan(runtime, scan)]);
    const failed = first.status === "rejected" ? first : second;
    expect([first.status, second.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(failed).toMatchObject({ reason: { code: "not-found" } });
  });

  it("keeps a page's picture where another page with the same one is deleted at the same moment", async () => {
    const [first, second] = [await upload(2), await upload(3)];
    const reading = rejectPage("no-card", "There is no card in this picture.");
    const page: ScanPage = {
      ...{ number: 1, part: 1, parts: 1, pageCount: 1, widthPx: 2, heightPx: 2 },
      ...{ preview: new Uint8Array([1, 2, 3]), reading },
    };
    await storePage(runtime, { id: first, collectionId }, page, "starter");
    let deleted = false;
    const put: Runtime["blobs"]["put"] = async (bytes) => {
      const stored = await runtime.blobs.put(bytes);
      if (!deleted) await deleteScan(runtime, first);
      deleted = true;
      return stored;
    };
    expect(await storePage({ ...runtime, blobs: { ...runtime.blobs, put } }, { id: second, collectionId }, page, "starter")).toBe(true);
    const { previewSha256 } = await client().page.findFirstOrThrow({ where: { scanId: second } });
    expect(await runtime.blobs.get(previewSha256 ?? "")).toEqual(page.preview);
  });

  it("neither counts time backwards nor holds glyphs for long where the clock was set back", async () => {
    const next = (session: string, reviewer: string) =>
      handOut(runtime, "test", nextSchema.parse({ session, reviewer, count: 1, pass: "first", order: "queue", filter: {} }));
    const [{ id }] = (await next(crypto.randomUUID(), "Ann")).items;
    const later = new Date(Date.now() + 3_600_000);
    const pace = { collectionId, reviewer: "Ann", status: "labelled", changed: false } as const;
    await client().pace.create({ data: { ...pace, decisions: 1, timed: 0, seconds: 0, lastAt: later } });
    await client().reviewSession.updateMany({ where: { reviewer: "Ann" }, data: { until: later } });
    await recordLabels(runtime, "test", {
      reviewer: "Ann",
      labels: [{ clientId: crypto.randomUUID(), glyphId: id, kind: "class", value: "1" }],
    });
    for (const { seconds } of await client().pace.findMany({ where: { reviewer: "Ann" } })) expect(seconds).toBe(0);
    await next(crypto.randomUUID(), "Bob");
    const { until } = await client().reviewSession.findFirstOrThrow({ where: { reviewer: "Ann" } });
    expect(until.getTime() - Date.now()).toBeLessThan(20 * 60_000);
  });
});
