import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type GlyphOrder, type GlyphView, glyphQuerySchema, type RecordLabels } from "../../lib/contracts/review.ts";
import { type NextItems, nextSchema } from "../../lib/contracts/review-queue.ts";
import { getGlyph } from "../../lib/server/services/glyphs/get-glyph.ts";
import { listGlyphs } from "../../lib/server/services/glyphs/list-glyphs.ts";
import { deleteGold } from "../../lib/server/services/gold/delete-gold.ts";
import { listGold } from "../../lib/server/services/gold/list-gold.ts";
import { putGold } from "../../lib/server/services/gold/put-gold.ts";
import { recordLabels } from "../../lib/server/services/labels/record-labels.ts";
import { getQuality } from "../../lib/server/services/quality/get-quality.ts";
import { handOut } from "../../lib/server/services/review/hand-out.ts";
import { releaseSession } from "../../lib/server/services/review/release-session.ts";
import { insertGlyphs, type TestGlyph } from "../support/insert-glyphs.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";

type Label = RecordLabels["labels"][number];
interface Tab {
  readonly reviewer: string;
  readonly session: string;
}
const openTab = (reviewer: string): Tab => ({ reviewer, session: randomUUID() });
const idsOf = (glyphs: readonly GlyphView[]): string[] => glyphs.map(({ id }) => id);
const digits = (count: number): TestGlyph[] => Array.from({ length: count }, (_, i) => ({ prompt: String(i % 10) }));

describe.each(DATABASES)("review by several people on the %s database", (database) => {
  let runtime: TestRuntime;
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
  }, 120_000);
  afterAll(() => runtime.remove());
  beforeEach(async () => {
    const { client } = runtime.database;
    await client.scan.deleteMany();
    await client.reviewSession.deleteMany();
    await client.pace.deleteMany();
  });

  const next = (tab: Tab, more: object = {}): Promise<NextItems> => handOut(runtime, "test", nextSchema.parse({ ...tab, ...more }));
  const record = (tab: Tab, labels: readonly Label[]): Promise<GlyphView[]> =>
    recordLabels(runtime, "test", { ...tab, labels: [...labels] });
  const say = (glyphId: string, value: string, pass?: Label["pass"]): Label => ({
    clientId: randomUUID(),
    glyphId,
    kind: "class",
    value,
    pass,
  });
  const undo = ({ clientId, glyphId }: Label): Label => ({ clientId: randomUUID(), glyphId, kind: "retract", value: clientId });
  const detail = (id: string, blind = false) => getGlyph(runtime.database.client, id, { blind });

  it("gives no glyph to two of ten people at once, and all of them in the end", async () => {
    const ids = await insertGlyphs(runtime, digits(110));
    const tabs = Array.from({ length: 10 }, (_, i) => openTab(`r${i}`));
    const owner = new Map<string, string>();
    for (let round = 0; round < 2; round++) {
      await Promise.all(
        tabs.map(async (tab) => {
          const { items } = await next(tab, { count: 6 });
          for (const { id } of items) {
            expect(owner.get(id) ?? tab.session).toBe(tab.session);
            owner.set(id, tab.session);
          }
          if (items.length > 0)
            await record(
              tab,
              items.map(({ id }) => say(id, "1")),
            );
        }),
      );
    }
    expect([...owner.keys()].sort()).toEqual([...ids].sort());
    expect(await next(tabs[0])).toMatchObject({ items: [], left: 0 });
    expect(await runtime.database.client.claim.count()).toBe(0);
    expect(await runtime.database.client.glyph.count({ where: { conflict: true } })).toBe(0);
  });

  it("gives a tab that comes again what it holds first, then more; another filter gives back what does not fit; release all", async () => {
    await insertGlyphs(runtime, digits(40));
    const [ann, ben] = [openTab("ann"), openTab("ben")];
    const first = await next(ann, { count: 8 });
    expect(first.left).toBe(40);
    expect(new Date(first.until).getTime() - Date.now()).toBeGreaterThan(9 * 60_000);
    await record(
      ann,
      first.items.slice(2, 5).map(({ id }) => say(id, "7")),
    );
    const again = await next(ann, { count: 8 });
    expect(again.left).toBe(37);
    expect(idsOf(again.items).slice(0, 5)).toEqual(idsOf(first.items).filter((_, i) => i < 2 || i > 4));
    expect(again.items).toHaveLength(8);
    const narrow = await next(ann, { count: 8, filter: { label: "3" } });
    expect(narrow.items.map(({ label }) => label)).toEqual(["3", "3", "3", "3"].slice(0, narrow.items.length));
    expect(narrow.left).toBe(narrow.items.length);
    const rest = await next(ben, { count: 200 });
    expect(rest.items).toHaveLength(37 - narrow.items.length);
    await releaseSession(runtime.database.client, "test", ann.session);
    expect((await next(ben, { count: 200 })).items).toHaveLength(37);
  });

  it("hands on what a tab has not asked for in ten minutes, and not while it saves", async () => {
    await insertGlyphs(runtime, digits(6));
    const [ann, ben] = [openTab("ann"), openTab("ben")];
    const { items } = await next(ann, { count: 6 });
    const runOut = () =>
      runtime.database.client.reviewSession.update({ where: { id: ann.session }, data: { until: new Date(Date.now() - 1000) } });
    await runOut();
    await record(ann, [say(items[0].id, "0")]);
    expect((await next(ben)).items).toEqual([]);
    await runOut();
    const taken = await next(ben, { count: 3 });
    expect(idsOf(taken.items)).toEqual(idsOf(items.slice(1, 4)));
    expect(idsOf((await next(ann)).items)).toEqual(idsOf(items.slice(4)));
    // Both had it on their screens: the later one differs, and that is seen.
    await record(ben, [say(taken.items[0].id, "1")]);
    expect(await record(ann, [say(taken.items[0].id, "2")])).toMatchObject([{ conflict: true }]);
  });

  it("asks for a second opinion blind, sends what differs to adjudication, and settles it", async () => {
    const ids = await insertGlyphs(runtime, [{ prompt: "1" }, { prompt: "2" }, { prompt: "3", prediction: "8" }, { prompt: "4" }]);
    const [ann, ben, cleo] = [openTab("ann"), openTab("ben"), openTab("cleo")];
    await next(ann);
    await record(ann, [say(ids[0], "7"), say(ids[1], "2"), say(ids[2], "8")]);
    expect(await next(ann, { pass: "second" })).toMatchObject({ items: [], left: 0 });
    const { items, left } = await next(ben, { pass: "second" });
    expect(left).toBe(3);
    // As if nobody had decided: 7 is nowhere to be seen.
    expect(
      items.map(({ id, label, labelSource, reviewed, decidedBy }) => [ids.indexOf(id), label, labelSource, reviewed, decidedBy]),
    ).toEqual([
      [2, "3", "prompt", false, null],
      [0, "1", "prompt", false, null],
      [1, "2", "prompt", false, null],
    ]);
    expect(await detail(ids[0], true)).toMatchObject({
      label: "1",
      reviewed: false,
      decisions: [],
      labels: [{ source: "prompt" }, { source: "model" }],
    });
    const differs = say(ids[0], "1", "second");
    expect(await record(ben, [differs, say(ids[1], "2", "second")])).toMatchObject([
      { label: "1", decidedBy: "ben", conflict: false, reviewed: true },
      { label: "2", decidedBy: "ben", conflict: false, reviewed: true },
    ]);
    expect((await next(ben, { pass: "second" })).items.map(({ id }) => ids.indexOf(id))).toEqual([2]);
    expect((await getQuality(runtime.database.client, "test")).conflicts).toBe(1);

    const settle = await next(cleo, { pass: "adjudication" });
    expect(settle).toMatchObject({ left: 1, items: [{ id: ids[0], conflict: true, label: "1", reviewed: true }] });
    expect((await detail(ids[0])).decisions).toMatchObject([
      { by: "ann", kind: "class", value: "7" },
      { by: "ben", kind: "class", value: "1" },
    ]);
    const verdict = say(ids[0], "7", "adjudication");
    expect(await record(cleo, [verdict])).toMatchObject([{ label: "7", decidedBy: "cleo", conflict: false }]);
    expect((await next(cleo, { pass: "adjudication" })).left).toBe(0);
    // Taken back it is open again, and hers.
    expect(await record(cleo, [undo(verdict)])).toMatchObject([{ conflict: true }]);
    expect(idsOf((await next(cleo, { pass: "adjudication" })).items)).toEqual([ids[0]]);
    expect((await next(ben, { pass: "adjudication" })).items).toEqual([]);
  });

  it("measures reviewers on gold items, and nothing tells them apart", async () => {
    const ids = await insertGlyphs(runtime, digits(200));
    const gold = ids.filter((_, i) => i % 10 === 3).slice(0, 15);
    for (const glyphId of gold) await putGold(runtime, "test", { glyphId, truth: "8", reviewer: "boss" });
    await putGold(runtime, "test", { glyphId: gold[0], truth: "8", reviewer: "boss" });
    expect(await detail(gold[0])).toMatchObject({ label: "8", reviewed: true, decisions: [{ by: "boss", value: "8" }] });
    const ann = openTab("ann");
    const seen: GlyphView[] = [];
    const answered: string[] = [];
    for (let items = (await next(ann, { count: 200 })).items; items.length > 0; items = (await next(ann, { count: 200 })).items) {
      seen.push(...items);
      const answers = items.map(({ id, label }) => say(id, gold.includes(id) && answered.push(id) % 3 !== 0 ? "8" : label!));
      const shown = await record(ann, answers);
      expect(shown.map(({ label, reviewed, decidedBy }) => [label, reviewed, decidedBy])).toEqual(
        answers.map(({ value }) => [value, true, "ann"]),
      );
    }
    expect(new Set(idsOf(seen)).size).toBe(seen.length);
    expect(seen).toHaveLength(185 + answered.length);
    expect(answered.length).toBeGreaterThan(0);
    // The same shape and the same values as a glyph of the same prompt that nobody has decided.
    const plain = seen.find(({ id, prompt }) => prompt === "3" && !gold.includes(id))!;
    for (const one of seen.filter(({ id }) => gold.includes(id)))
      expect({ ...one, id: "", index: 0 }).toEqual({ ...plain, id: "", index: 0 });
    // Answers change nothing, and are measured: every third was given as the prompt says.
    for (const id of answered) expect(await detail(id)).toMatchObject({ label: "8", decidedBy: "boss", conflict: false });
    const right = answered.filter((_, i) => i % 3 !== 2).length;
    const { reviewers } = await getQuality(runtime.database.client, "test");
    expect(reviewers.find(({ name }) => name === "ann")).toMatchObject({
      decisions: seen.length,
      goldAnswered: answered.length,
      goldRight: right,
    });
    const list = (await listGold(runtime.database.client, "test")).gold;
    expect([list.length, list.reduce((sum, { right: r }) => sum + r, 0)]).toEqual([15, right]);
    // An answer taken back and given anew is an answer; a gold item no more is an ordinary glyph.
    const wrong = answered[2] ?? answered[0];
    expect(await record(ann, [say(wrong, "8")])).toMatchObject([{ label: "8", decidedBy: "ann" }]);
    expect((await getQuality(runtime.database.client, "test")).reviewers.find(({ name }) => name === "ann")?.goldRight).toBe(
      answered.length > 2 ? right + 1 : right,
    );
    await deleteGold(runtime, "test", gold[0]);
    expect((await listGold(runtime.database.client, "test")).gold).toHaveLength(14);
  });

  it("undoes and redoes in a session, flags, and counts a repeated request once", async () => {
    const ids = await insertGlyphs(runtime, digits(3));
    const [ann, ben] = [openTab("ann"), openTab("ben")];
    await next(ann);
    const first = say(ids[0], "7");
    for (let i = 0; i < 3; i++) await record(ann, [first]);
    const back = undo(first);
    expect(await record(ann, [back])).toMatchObject([{ label: "0", reviewed: false }]);
    expect((await next(ben)).items).toEqual([]);
    expect(await record(ann, [undo(back)])).toMatchObject([{ label: "7", reviewed: true }]);
    const blank: Label = { clientId: randomUUID(), glyphId: ids[1], kind: "blank", value: null };
    expect(await record(ann, [blank])).toMatchObject([{ label: null, unusable: false, reviewed: true, decidedBy: "ann" }]);
    expect((await getQuality(runtime.database.client, "test")).reviewers).toMatchObject([
      { name: "ann", decisions: 2, secondsPerDecision: expect.any(Number) as number },
    ]);

    const flag: Label = { clientId: randomUUID(), glyphId: ids[2], kind: "flag", value: "torn?" };
    expect(await record(ann, [flag])).toMatchObject([{ flag: "torn?", reviewed: false }]);
    expect(await listGlyphs(runtime, "test", glyphQuerySchema.parse({ state: "flagged" }))).toMatchObject({
      total: 1,
      glyphs: [{ id: ids[2] }],
    });
    expect(idsOf((await next(ann)).items)).toEqual([ids[2]]);
    await record(ann, [{ clientId: randomUUID(), glyphId: ids[2], kind: "unflag", value: null }]);
    expect((await listGlyphs(runtime, "test", glyphQuerySchema.parse({ state: "flagged" }))).total).toBe(0);
    await expect(record(ann, [{ ...flag, clientId: randomUUID(), value: "a\u0000b" }])).rejects.toMatchObject({ code: "invalid-argument" });
  });

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
      expect([order, await walk({ order })]).toEqual([order, idsOf(expected as unknown as GlyphView[])]);
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
