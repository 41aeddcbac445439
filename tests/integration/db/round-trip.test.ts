import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../../lib/server/db/new-id.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../../support/open-test-runtime.ts";

const AT = new Date("2026-03-29T00:30:00.123Z");
const JSON_VALUE = { text: "é \u0001 \" 'x'", n: 0.1, list: [1, null, { deep: true }] };

describe.each(DATABASES)("the %s database", (database) => {
  let runtime: TestRuntime;
  let collectionId: string;
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
    collectionId = (await runtime.database.client.collection.findUniqueOrThrow({ where: { slug: "test" } })).id;
  });
  afterAll(() => runtime.remove());

  it("gives back every model as it was written", async () => {
    const { client } = runtime.database;
    const job = {
      id: newId(),
      kind: "k",
      version: 2,
      payload: JSON_VALUE,
      state: "running" as const,
      attempts: 1,
      maxAttempts: 3,
      interruptions: 2,
      runAfter: AT,
      leaseUntil: AT,
      workerId: "w",
      fraction: 0.25,
      message: "m",
      failure: "f",
      stopRequested: true,
      createdAt: AT,
      startedAt: AT,
      finishedAt: AT,
    };
    const runJob = { ...job, id: newId(), leaseUntil: null };
    await client.job.createMany({ data: [job, runJob] });
    expect(await client.job.findUnique({ where: { id: job.id } })).toEqual(job);

    const batch = { id: newId(), collectionId, spec: JSON_VALUE, copies: 2, codes: ["A,B", 'C"'], createdAt: AT };
    expect(await client.cardBatch.create({ data: batch })).toEqual(batch);

    const scan = {
      id: newId(),
      collectionId,
      fileName: "é.png",
      originalSha256: "o",
      sha256: "s",
      bytes: 200_000_000,
      pageCount: 3,
      batch: "b",
      jobId: job.id,
      createdAt: AT,
    };
    expect(await client.scan.create({ data: scan })).toEqual(scan);

    const page = {
      id: newId(),
      scanId: scan.id,
      collectionId,
      number: 1,
      part: 2,
      parts: 3,
      state: "rejected" as const,
      reasonCode: "c",
      reasonMessage: "m",
      template: "t",
      card: "c",
      writer: "w",
      widthPx: 1,
      heightPx: 2,
      registration: JSON_VALUE,
      fields: [JSON_VALUE],
      device: "Inkcam 7",
      dpi: 299.5,
      blurMm: 0.25,
      previewSha256: "p",
      cropsSha256: "q",
      glyphCount: 1,
      createdAt: AT,
      cardPage: 2,
      byHand: JSON_VALUE,
      anotherSheet: true,
      readHere: true,
      duplicateOf: "d",
      readJobId: runJob.id,
      readByJobId: "j",
      setAside: [JSON_VALUE],
    };
    expect(await client.page.create({ data: page })).toEqual(page);

    const glyph = {
      ...{
        id: newId(),
        collectionId,
        pageId: page.id,
        field: "f03",
        fieldIndex: 2,
        index: 1,
        prompt: "7",
        promptSource: "card",
        status: "unsure" as const,
      },
      ...{
        boundsX: 0.5,
        boundsY: 1.25,
        boundsWidth: 20,
        boundsHeight: 30,
        image: Uint8Array.from({ length: 784 }, (_, i) => i & 255),
        normalization: "mnist-1",
      },
      ...{
        cropOffset: 5,
        cropWidth: 20,
        cropHeight: 30,
        predictionLabel: "1",
        predictionProbability: 0.5,
        writer: "w",
        label: "7",
        labelSource: "prompt" as const,
      },
      ...{
        reviewed: true,
        unusable: true,
        disagrees: true,
        fusedLabel: "7",
        fusedProbability: 0.5,
        doubt: 0.25,
        suspect: true,
        suspectLabel: "1",
      },
      ...{ conflict: true, flag: "", decidedBy: "me", soleDecider: "me" },
    };
    await client.glyph.create({ data: glyph });
    const stored = await client.glyph.findUniqueOrThrow({ where: { id: glyph.id } });
    expect({ ...stored, image: [...stored.image] }).toEqual({ ...glyph, image: [...glyph.image] });
    const [raw] = await runtime.database.query<{ image: Uint8Array }>(`SELECT "image" FROM "Glyph" WHERE "id" = $1`, [glyph.id]);
    expect([...raw.image]).toEqual([...glyph.image]);

    const cut = {
      id: newId(),
      pageId: page.id,
      clientId: newId(),
      kind: "split",
      by: "me",
      request: JSON_VALUE,
      before: [JSON_VALUE],
      after: ["a", "b"],
      undoes: "u",
      at: AT,
    };
    expect(await client.glyphCut.create({ data: cut })).toEqual(cut);
    const check = { collectionId, at: AT, summary: JSON_VALUE };
    expect(await client.labelCheck.create({ data: check })).toEqual(check);

    const label = {
      glyphId: glyph.id,
      source: "person" as const,
      by: "me",
      kind: "retract" as const,
      pass: "second" as const,
      value: "v",
      probability: 0.125,
      clientId: newId(),
      at: AT,
    };
    const { seq, ...rest } = await client.label.create({ data: label });
    expect(rest).toEqual(label);
    expect((await client.label.create({ data: { ...label, clientId: null } })).seq).toBe(seq + 1n);

    const session = { id: newId(), collectionId, reviewer: "me", pass: "adjudication" as const, until: AT };
    expect(await client.reviewSession.create({ data: session })).toEqual(session);
    const claim = { glyphId: glyph.id, holder: "", sessionId: session.id };
    expect(await client.claim.create({ data: claim })).toEqual({ ...claim, seq: 1n });
    const gold = { glyphId: glyph.id, collectionId, truth: "unusable", by: "me", createdAt: AT };
    expect(await client.gold.create({ data: gold })).toEqual(gold);
    const pace = {
      collectionId,
      reviewer: "me",
      status: "unsure" as const,
      changed: true,
      decisions: 3,
      timed: 2,
      seconds: 1.5,
      lastAt: AT,
    };
    expect(await client.pace.create({ data: pace })).toEqual(pace);
    const kind = {
      status: "unsure" as const,
      reviewed: true,
      disagrees: true,
      unusable: true,
      conflict: true,
      flagged: true,
      suspect: true,
    };
    // The database counted the glyph when it came.
    expect(await client.glyphCount.findMany()).toEqual([
      { collectionId, ...kind, label: "7", labelSource: "prompt", prediction: "1", soleDecider: "me", count: 1 },
    ]);

    expect(await client.pageCount.findMany()).toEqual([{ pageId: page.id, listed: 1, reviewed: 1 }]);

    const dataset = {
      id: newId(),
      collectionId,
      version: 1,
      hash: "h",
      classes: ["0", "1"],
      spec: JSON_VALUE,
      splits: JSON_VALUE,
      files: JSON_VALUE,
      createdAt: AT,
    };
    expect(await client.dataset.create({ data: dataset })).toEqual(dataset);
    const run = {
      id: newId(),
      collectionId,
      number: 1,
      datasetId: dataset.id,
      datasetName: "n",
      classes: ["a"],
      settings: JSON_VALUE,
      jobId: runJob.id,
      checkpointSha256: "c",
      modelSha256: "m",
      model: JSON_VALUE,
      curveLength: 1,
      secondsLeft: 1.5,
      createdAt: AT,
    };
    expect(await client.run.create({ data: run })).toMatchObject(run);
    const chunk = { runId: run.id, start: 0, count: 1, points: [JSON_VALUE] };
    expect(await client.curveChunk.create({ data: chunk })).toEqual(chunk);
    const evaluation = {
      id: newId(),
      model: run.id,
      modelName: "n",
      runId: run.id,
      set: "mnist",
      setName: "MNIST",
      errors: 1,
      count: 3,
      errorRate: 1 / 3,
      low: 0.1,
      high: 0.6,
      details: JSON_VALUE,
      createdAt: AT,
    };
    expect(await client.evaluation.create({ data: evaluation })).toEqual(evaluation);
    const file = { name: "x", sha256: "s", bytes: 1, source: "uploaded", createdAt: AT };
    expect(await client.mnistFile.create({ data: file })).toEqual(file);
  });
});
