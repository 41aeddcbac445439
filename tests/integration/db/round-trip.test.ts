import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyzeGrown } from "../../../lib/server/db/analyze-grown.ts";
import { isMissingRow, isUniqueViolation } from "../../../lib/server/db/database-errors.ts";
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

  it("takes now() and times sent by the client as the same clock", async () => {
    const before = Date.now();
    const { id, createdAt } = await runtime.database.client.job.create({
      data: { id: newId(), kind: "k", version: 1, payload: {}, maxAttempts: 1, runAfter: new Date() },
    });
    expect(Math.abs(createdAt.getTime() - before)).toBeLessThan(60_000);
    const rows = await runtime.database.query<{ late: boolean }>(
      `SELECT abs(extract(epoch FROM now() - "runAfter")) > 60 AS "late" FROM "Job" WHERE "id" = $1`,
      [id],
    );
    expect(rows).toEqual([{ late: false }]);
  });

  it("keeps nothing of a transaction that throws, and tells what it threw", async () => {
    const { client } = runtime.database;
    const work = runtime.database.transaction(async (tx) => {
      await tx.collection.create({ data: { id: newId(), slug: "lost", name: "Lost" } });
      throw new Error("midway");
    });
    await expect(work).rejects.toThrow("midway");
    expect(await client.collection.count({ where: { slug: "lost" } })).toBe(0);
  });

  it("rejects a transaction whose COMMIT fails", async () => {
    const { database } = runtime;
    await database.query(`CREATE TABLE "deferred" ("x" INT UNIQUE DEFERRABLE INITIALLY DEFERRED)`);
    const work = database.transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO "deferred" VALUES (1)`;
      await tx.$executeRaw`INSERT INTO "deferred" VALUES (1)`;
    });
    await expect(work).rejects.toThrow();
    expect(await database.query(`SELECT * FROM "deferred"`)).toEqual([]);
    await database.query(`DROP TABLE "deferred"`);
  });

  it("tells a taken unique value and a missing row from other errors", async () => {
    const { client } = runtime.database;
    const taken = await client.collection.create({ data: { id: newId(), slug: "test", name: "x" } }).catch((error: unknown) => error);
    expect([isUniqueViolation(taken), isMissingRow(taken)]).toEqual([true, false]);
    const missing = await client.cardBatch
      .create({ data: { id: newId(), collectionId: "none", spec: {}, copies: 1 } })
      .catch((error: unknown) => error);
    expect([isUniqueViolation(missing), isMissingRow(missing)]).toEqual([false, true]);
    const plain = client.$executeRaw`INSERT INTO "Collection" ("id", "slug", "name") VALUES (${newId()}, 'test', 'x')`;
    expect(isUniqueViolation(await plain.catch((error: unknown) => error))).toBe(true);
  });

  // The embedded database has one connection: nothing waits for anything there.
  if (database === "server")
    it("runs a transaction again that waited for another in a circle", async () => {
      const { client } = runtime.database;
      const ids = [newId(), newId()];
      await client.collection.createMany({ data: ids.map((id) => ({ id, slug: id, name: "x" })) });
      let arrived = 0;
      let runs = 0;
      const lockBoth = (order: readonly string[]) =>
        runtime.database.transaction(async (tx) => {
          runs++;
          await tx.$queryRaw`SELECT 1 FROM "Collection" WHERE "id" = ${order[0]} FOR UPDATE`;
          arrived++;
          for (let i = 0; i < 100 && arrived < 2; i++) await new Promise((resolve) => setTimeout(resolve, 10));
          await tx.$queryRaw`SELECT 1 FROM "Collection" WHERE "id" = ${order[1]} FOR UPDATE`;
        });
      await Promise.all([lockBoth(ids), lockBoth([...ids].reverse())]);
      // One is ended for the other's sake; on a slow machine once more.
      expect(runs).toBeGreaterThan(2);
    });

  it("knows the values of a table that has grown, and looks at it once", async () => {
    const { database: db } = runtime;
    await db.query(`CREATE TABLE "grown" ("x" TEXT)`);
    await db.query(`INSERT INTO "grown" SELECT (n % 7)::text || repeat('x', 200) FROM generate_series(1, 3000) n`);
    // Making an index sets the table's size as if it had been looked at.
    await db.query(`CREATE INDEX "grown_x" ON "grown"("x")`);
    const driver = { query: db.query, execute: async (sql: string) => void (await db.query(sql)) };
    expect(await analyzeGrown(driver)).toContain("grown");
    expect(await db.query(`SELECT "n_distinct"::int AS "n" FROM pg_stats WHERE "tablename" = 'grown'`)).toEqual([{ n: 7 }]);
    expect(await analyzeGrown(driver)).not.toContain("grown");
    await db.query(`DROP TABLE "grown"`);
  });

  it("gives ids that grow", () => {
    const ids = Array.from({ length: 50_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(ids[0]).toMatch(/^[0-9a-z]{20}$/);
  });
});
