import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Queryable } from "../../../lib/server/db/database.ts";
import { getRawCode, isUniqueViolation } from "../../../lib/server/db/database-errors.ts";
import { Prisma } from "../../../lib/server/db/generated/client.ts";
import { KEPT } from "../../../lib/server/db/kept.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../../support/open-test-runtime.ts";

const ROUNDS = 8;

describe.each(DATABASES)("statements that are kept, on the %s database", (database) => {
  let runtime: TestRuntime;
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
    await runtime.database.client.$executeRaw`CREATE TABLE "kept_test" ("id" int PRIMARY KEY, "name" text)`;
  });
  afterAll(() => runtime.remove());

  const read = (db: Queryable, mark: Prisma.Sql, n: number): Promise<unknown[]> => {
    const [text, none] = [`it's "${n}" ✓\\`, null];
    return db.$queryRaw`${mark} SELECT ${n}::int4 AS "int", ${BigInt(n) ** 9n}::int8 AS "big", ${n / 3}::float8 AS "float", ${n / 3}::float4 AS "real", ${text}::text AS "text",
      ${none}::text AS "none", ${n % 2 === 0}::boolean AS "yes", ${["a,b", '"', "", String(n)]}::text[] AS "list", ${JSON.stringify({ n: [n, text] })}::jsonb AS "json",
      ${Buffer.from([0, 255, n])}::bytea AS "bytes", ${new Date(1e12 + n)}::timestamptz(3) AS "at", 'mismatch'::"GlyphStatus" AS "status",
      array(SELECT i FROM generate_series(1, ${n}::int) i) AS "numbers" FROM generate_series(1, 3)`;
  };

  it("answer in a transaction what they answer outside, however often and with whatever values", async () => {
    for (let n = 1; n <= ROUNDS; n++) {
      const outside = await read(runtime.database.client, Prisma.empty, n);
      expect(outside).toHaveLength(3);
      expect(outside[0]).toMatchObject({
        int: n,
        none: null,
        bytes: Uint8Array.from([0, 255, n]),
        at: new Date(1e12 + n),
        status: "mismatch",
      });
      const [kept, other] = await runtime.database.transaction(async (tx) => [await read(tx, KEPT, n), await read(tx, Prisma.empty, n)]);
      expect(kept).toEqual(outside);
      expect(other).toEqual(outside);
    }
  });

  it("are as many as anybody likes: of those unused for long, the database is told that they are needed no more", async () => {
    const kept = await runtime.database.transaction(async (tx) => {
      for (let n = 0; n < 110; n++)
        for (const name of n % 50 === 0 ? [`a${n}`, "a0"] : [`a${n}`]) {
          const rows = await tx.$queryRaw`${KEPT} SELECT ${"said"}::text AS ${Prisma.raw(`"${name}"`)}`;
          expect(rows).toEqual([{ [name]: "said" }]);
        }
      return tx.$queryRaw<{ statement: string }[]>`SELECT "statement" FROM pg_prepared_statements WHERE "name" LIKE 'kept %'`;
    });
    // A server's connections keep none.
    expect(kept.length).toBe(database === "embedded" ? 100 : 0);
    if (database === "embedded") expect(kept.some(({ statement }) => statement.endsWith('"a0"'))).toBe(true);
  });

  it("fail as others do, take their transaction back, and go on in the next", async () => {
    const { database: db } = runtime;
    const insert = (tx: Queryable, id: number, name: string): Promise<number> =>
      tx.$executeRaw`${KEPT} INSERT INTO "kept_test" SELECT i, ${name} FROM generate_series(${id}::int, ${id + 1}::int) i`;
    for (let n = 0; n < ROUNDS; n++) {
      expect(await db.transaction((tx) => insert(tx, 10 * n, "first"))).toBe(2);
      const failed = await db
        .transaction(async (tx) => [await insert(tx, 10 * n + 5, "lost"), await insert(tx, 10 * n + 1, "twice")])
        .catch((e: unknown) => e);
      expect(isUniqueViolation(failed)).toBe(true);
    }
    const wrong = await db.transaction((tx) => tx.$queryRaw`${KEPT} SELECT "missing" FROM "kept_test"`).catch((e: unknown) => e);
    expect(getRawCode(wrong)).toBe("42703");
    const unfit = await db.transaction((tx) => tx.$queryRaw`${KEPT} SELECT ${"x"}::text::int`).catch((e: unknown) => e);
    expect(getRawCode(unfit)).toBe("22P02");
    const rows = await db.client.$queryRaw<
      { names: string; n: bigint }[]
    >`SELECT string_agg(DISTINCT "name", ',') AS "names", count(*) AS "n" FROM "kept_test"`;
    expect(rows).toEqual([{ names: "first", n: BigInt(2 * ROUNDS) }]);
  });
});
