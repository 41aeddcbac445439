import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyzeGrown } from "../../../lib/server/db/analyze-grown.ts";
import { isMissingRow, isUniqueViolation } from "../../../lib/server/db/database-errors.ts";
import { newId } from "../../../lib/server/db/new-id.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../../support/open-test-runtime.ts";

describe.each(DATABASES)("transactions, errors and ids of the %s database", (database) => {
  let runtime: TestRuntime;
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
  });
  afterAll(() => runtime.remove());

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
          for (let i = 0; i < 3000 && arrived < 2; i++) await new Promise((resolve) => setTimeout(resolve, 10));
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
