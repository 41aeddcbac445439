import { describe, expect, it } from "vitest";
import { nextSchema } from "../../lib/contracts/review-queue.ts";
import { mixInGold } from "../../lib/server/services/gold/mix-in-gold.ts";
import { putGold } from "../../lib/server/services/gold/put-gold.ts";
import { claimGlyphs } from "../../lib/server/services/review/claims.ts";
import { releaseSession } from "../../lib/server/services/review/release-session.ts";
import { insertGlyphs } from "../support/insert-glyphs.ts";
import { DATABASES, type TestRuntime } from "../support/open-test-runtime.ts";
import { digits, idsOf, openForReview, openTab, reviewOf, say } from "../support/review-tools.ts";

describe.each(DATABASES)("glyphs handed out to several people on the %s database", (database) => {
  let runtime: TestRuntime;
  openForReview(database, (opened) => {
    runtime = opened;
  });
  const { next, record, detail } = reviewOf(() => runtime);

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
    // The first one in its file: it pays for what is loaded on first use.
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

  it("gives no glyph to two tabs of the same person, gold items neither, and doubles nothing that both decide", async () => {
    const ids = await insertGlyphs(runtime, digits(60));
    const gold = ids.slice(0, 20);
    for (const glyphId of gold) await putGold(runtime, "test", { glyphId, truth: "8", reviewer: "boss" });
    const tabs = [openTab("ann"), openTab("ann"), openTab("ann")];
    const held = (await Promise.all(tabs.map((tab) => next(tab, { count: 10 })))).map(({ items }) => idsOf(items));
    expect(held.map(({ length }) => length)).toEqual([10, 10, 10]);
    expect(new Set(held.flat()).size).toBe(30);
    // Gold items are handed out by chance: now surely, to both tabs at once.
    const { id: collectionId } = await runtime.database.client.collection.findFirstOrThrow();
    const rows = (await runtime.database.client.glyph.findMany({ where: { id: { in: ids.slice(50) } } })).map((row) => ({
      ...row,
      holder: "",
    }));
    const mix = { ...nextSchema.parse({ ...tabs[0], count: 10 }), collectionId, roll: () => 0 };
    const mixed: string[][] = [];
    for (const { session } of tabs.slice(0, 2))
      mixed.push(idsOf(await runtime.database.transaction(async (tx) => claimGlyphs(tx, session, await mixInGold(tx, rows, mix)))));
    const goldOf = mixed.map((own) => own.filter((id) => gold.includes(id)));
    expect(goldOf[0].length).toBeGreaterThan(5);
    expect(goldOf[1].filter((id) => goldOf[0].includes(id))).toEqual([]);

    // An old tab that still shows what the other one has decided: the later decision stands, one person's, no conflict.
    const [shared] = held[0].filter((id) => !gold.includes(id));
    const first = say(shared, "1");
    await Promise.all([record(tabs[0], [first]), record(tabs[0], [first]), record(tabs[1], [first])]);
    expect(await record(tabs[1], [say(shared, "2")])).toMatchObject([{ label: "2", conflict: false, decidedBy: "ann" }]);
    const { labels, decisions } = await detail(shared);
    expect(labels.filter(({ source }) => source === "person").map(({ value }) => value)).toEqual(["1", "2"]);
    expect(decisions).toMatchObject([{ by: "ann", value: "2" }]);
    for (const tab of tabs) expect(idsOf((await next(tab, { count: 60 })).items)).not.toContain(shared);
  });
});
