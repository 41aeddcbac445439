import { describe, expect, it } from "vitest";
import { type GlyphOrder, glyphFilterSchema, glyphQuerySchema } from "../../lib/contracts/review.ts";
import { listGlyphs } from "../../lib/server/services/glyphs/list-glyphs.ts";
import { pickGlyphs } from "../../lib/server/services/review/pick-glyphs.ts";
import { insertGlyphs, type TestGlyph } from "../support/insert-glyphs.ts";
import { DATABASES, type TestRuntime } from "../support/open-test-runtime.ts";
import { digits, idsOf, openForReview, openTab, reviewOf, say } from "../support/review-tools.ts";

describe.each(DATABASES)("orders and counts of the review on the %s database", (database) => {
  let runtime: TestRuntime;
  openForReview(database, (opened) => {
    runtime = opened;
  });
  const { record } = reviewOf(() => runtime);

  it("lists in every order what a sort by hand lists, page by page", async () => {
    const ids = await insertGlyphs(
      runtime,
      Array.from({ length: 60 }, (_, i): TestGlyph => {
        const prompt = i % 13 === 0 ? null : String(i % 4);
        return {
          prompt,
          prediction: i % 5 === 0 ? "8" : (prompt ?? "1"),
          writer: `w${i % 3}`,
          ...(prompt === null && { status: "unsure" as const }),
        };
      }),
    );
    const { client } = runtime.database;
    for (const [i, id] of ids.entries())
      if (i % 4 === 1) await client.glyph.update({ where: { id }, data: { doubt: ((i * 37) % 101) / 128 } });
    const rows = await client.glyph.findMany();
    const odd = ({ doubt, prompt, predictionLabel }: (typeof rows)[number]): number =>
      doubt ?? (prompt === null ? 0.5 : predictionLabel === prompt ? Math.fround(1 - Math.fround(0.9)) : Math.fround(0.9));
    const status = ["mismatch", "unsure", "crossedOut", "overwritten", "labelled", "blank"];
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
    const text = (a: string | null, b: string | null): number => (a === b ? 0 : a === null || (b !== null && a > b) ? 1 : -1);
    type Row = (typeof rows)[number];
    const compare: Record<Exclude<GlyphOrder, "random">, (a: Row, b: Row) => number> = {
      queue: (a, b) => status.indexOf(a.status) - status.indexOf(b.status),
      doubt: (a, b) => b.doubt! - a.doubt!,
      // Nothing is measured yet: 1 s to confirm and 3 s to change for all, so by the doubt alone.
      gain: (a, b) => odd(b) - odd(a),
      odd: (a, b) => text(a.label, b.label) || odd(b) - odd(a),
      class: (a, b) => text(a.label, b.label) || status.indexOf(a.status) - status.indexOf(b.status),
      writer: (a, b) => text(a.writer, b.writer),
      page: (a, b) => a.index - b.index,
    };
    const walk = async (query: object): Promise<string[]> => {
      const all: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await listGlyphs(runtime, "test", glyphQuerySchema.parse({ ...query, limit: 17, ...(cursor && { cursor }) }));
        all.push(...idsOf(page.glyphs));
        cursor = page.nextCursor;
      }
      return all;
    };
    for (const [order, by] of Object.entries(compare)) {
      const expected = rows.filter(({ doubt }) => order !== "doubt" || doubt !== null).sort((a, b) => by(a, b) || byId(a, b));
      expect([order, await walk({ order })]).toEqual([order, idsOf(expected)]);
    }
    const shuffled = await walk({ order: "random", seed: 5 });
    expect([...shuffled].sort()).toEqual([...ids].sort());
    expect(shuffled).not.toEqual([...ids].sort());
    expect(await walk({ order: "random", seed: 5 })).toEqual(shuffled);
    expect(await walk({ order: "random", seed: 6 })).not.toEqual(shuffled);
    expect(await walk({ order: "odd", writer: "w1", source: "prompt" })).toHaveLength(
      rows.filter((r) => r.writer === "w1" && r.labelSource === "prompt").length,
    );
    await expect(listGlyphs(runtime, "test", glyphQuerySchema.parse({ order: "odd", cursor: "e30" }))).resolves.toBeDefined();
    await expect(listGlyphs(runtime, "test", glyphQuerySchema.parse({ order: "odd", cursor: "bm9wZQ" }))).rejects.toMatchObject({
      code: "invalid-argument",
    });
  });

  it("orders by what a second mends, as this collection's reviewers were slow or fast", async () => {
    const ids = await insertGlyphs(runtime, [{ prompt: "1" }, { prompt: "2", prediction: "7" }, { prompt: "3" }]);
    const { client } = runtime.database;
    for (const [i, doubt] of [0.3, 0.2, 0.1].entries()) await client.glyph.update({ where: { id: ids[i] }, data: { doubt } });
    const gain = async () =>
      idsOf((await listGlyphs(runtime, "test", glyphQuerySchema.parse({ order: "gain" }))).glyphs).map((id) => ids.indexOf(id));
    expect(await gain()).toEqual([0, 1, 2]);
    const { id: collectionId } = await client.collection.findUniqueOrThrow({ where: { slug: "test" } });
    const pace = { collectionId, reviewer: "ann", decisions: 40, timed: 40, lastAt: new Date() };
    // 0.3 / (0.7 x 10 + 0.3 x 10) is 0.03 a second, 0.2 / (0.8 x 1 + 0.2 x 2) is 0.17, 0.1 / 10 is 0.01.
    await client.pace.createMany({
      data: [
        { ...pace, status: "labelled", changed: false, seconds: 400 },
        { ...pace, status: "labelled", changed: true, seconds: 400 },
        { ...pace, status: "mismatch", changed: false, seconds: 40 },
        { ...pace, status: "mismatch", changed: true, seconds: 80 },
      ],
    });
    expect(await gain()).toEqual([1, 0, 2]);
  });

  it("passes over nothing that was decided at the front of the queue, or of the pages", async () => {
    const { client } = runtime.database;
    const ids = await insertGlyphs(
      runtime,
      Array.from({ length: 400 }, () => ({ prompt: "1" })),
    );
    await client.$executeRaw`ANALYZE "Glyph"`;
    await client.glyph.updateMany({ where: { id: { in: ids.slice(0, 300) } }, data: { reviewed: true } });
    // With a million these are the smaller ones, by a column, and seem cheaper; here, once they are just made.
    for (const name of ["collectionId_status_id", "pageId_fieldIndex_index"])
      await client.$executeRawUnsafe(`REINDEX INDEX "Glyph_${name}_idx"`);
    const { id: collectionId } = await client.collection.findUniqueOrThrow({ where: { slug: "test" } });
    const scope = { collectionId, filter: glyphFilterSchema.parse({}), openOnly: true };
    for (const order of ["queue", "page"] as const) {
      const look = () =>
        runtime.database.transaction(async (tx) => {
          // As with a million: along an index.
          for (const way of ["seqscan", "bitmapscan", "sort"]) await tx.$executeRawUnsafe(`SET LOCAL enable_${way} = off`);
          const countRead = async (): Promise<number> => {
            const [{ read }] = await tx.$queryRaw<{ read: number }[]>`
              SELECT (coalesce("idx_tup_fetch", 0) + "seq_tup_read")::int AS "read" FROM pg_stat_xact_user_tables WHERE "relname" = 'Glyph'`;
            return read;
          };
          const before = await countRead();
          const { rows } = await pickGlyphs(tx, scope, { order, seed: 0, limit: 10, most: 100, few: false });
          return { order, ids: idsOf(rows), read: (await countRead()) - before };
        });
      // Rows as they were before are passed over once: the first look marks them.
      await look();
      expect(await look()).toEqual({ order, ids: ids.slice(300, 310), read: 11 });
    }
  });

  it("keeps its counts, whatever is written and removed", async () => {
    const { client, query } = runtime.database;
    const ids = await insertGlyphs(runtime, [...digits(20), { prompt: null }, { prompt: "3", prediction: "5" }]);
    await insertGlyphs(runtime, digits(5));
    const [ann, ben] = [openTab("ann"), openTab("ben")];
    await record(
      ann,
      ids.slice(0, 8).map((id) => say(id, "4")),
    );
    await record(
      ben,
      ids.slice(4, 10).map((id) => say(id, "5", "second")),
    );
    await client.glyph.updateMany({ where: { id: { in: ids.slice(0, 3) } }, data: { suspect: true, doubt: 0.5 } });
    await client.scan.deleteMany({ where: { pages: { some: { glyphs: { some: { id: ids[0] } } } } } });
    const [counted, kept] = [
      `SELECT "status", "reviewed", "disagrees", "unusable", "conflict", "flag" IS NOT NULL AS "flagged", "suspect", coalesce("label", '') AS "label",
        coalesce("labelSource"::text, '') AS "labelSource", coalesce("predictionLabel", '') AS "prediction", coalesce("soleDecider", '') AS "soleDecider",
        count(*)::int AS "count" FROM "Glyph" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 ORDER BY "label"`,
      `SELECT "status", "reviewed", "disagrees", "unusable", "conflict", "flagged", "suspect", "label", "labelSource", "prediction", "soleDecider", "count"
        FROM "GlyphCount" WHERE "count" <> 0 ORDER BY "label"`,
    ];
    expect(await query(kept)).toEqual(await query(counted));
    expect(await query(counted)).toHaveLength(5);
    const pages = `SELECT "pageId", count(*) FILTER (WHERE "status" <= 'labelled')::int AS "listed", count(*) FILTER (WHERE "status" <= 'labelled' AND "reviewed")::int AS "reviewed"
      FROM "Glyph" GROUP BY 1`;
    expect(await query(`SELECT * FROM "PageCount"`)).toEqual(await query(pages));
    await client.collection.create({ data: { id: "gone", slug: "gone", name: "Gone" } });
    await query(`UPDATE "Glyph" SET "collectionId" = 'gone'`);
    await client.collection.delete({ where: { id: "gone" } });
    expect(await query(`SELECT 1 FROM "GlyphCount" WHERE "count" <> 0`)).toEqual([]);
  });
});
