import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type GlyphDetail, type GlyphView, glyphQuerySchema } from "../../lib/contracts/review.ts";
import { listGlyphs } from "../../lib/server/services/glyphs/list-glyphs.ts";
import { deleteGold } from "../../lib/server/services/gold/delete-gold.ts";
import { listGold } from "../../lib/server/services/gold/list-gold.ts";
import { putGold } from "../../lib/server/services/gold/put-gold.ts";
import { getQuality } from "../../lib/server/services/quality/get-quality.ts";
import { insertGlyphs } from "../support/insert-glyphs.ts";
import { DATABASES, type TestRuntime } from "../support/open-test-runtime.ts";
import { digits, idsOf, openForReview, openTab, reviewOf, say, type Tab, type TestLabel, undo } from "../support/review-tools.ts";

/** What is derived from labels. */
function stateOf({ label, labelSource, reviewed, unusable, conflict, flag, decidedBy, decisions }: GlyphDetail): object {
  return {
    label,
    labelSource,
    reviewed,
    unusable,
    conflict,
    flag,
    decidedBy,
    decisions: decisions.map(({ by, kind, value }) => [by, kind, value]),
  };
}

describe.each(DATABASES)("review by several people on the %s database", (database) => {
  let runtime: TestRuntime;
  openForReview(database, (opened) => {
    runtime = opened;
  });
  const { next, record, detail } = reviewOf(() => runtime);

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
    const blank: TestLabel = { clientId: randomUUID(), glyphId: ids[1], kind: "blank", value: null };
    expect(await record(ann, [blank])).toMatchObject([{ label: null, unusable: false, reviewed: true, decidedBy: "ann" }]);
    expect((await getQuality(runtime.database.client, "test")).reviewers).toMatchObject([
      { name: "ann", decisions: 2, secondsPerDecision: expect.any(Number) as number },
    ]);

    const flag: TestLabel = { clientId: randomUUID(), glyphId: ids[2], kind: "flag", value: "torn?" };
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

  it("restores any earlier state of a glyph, field by field, by taking back what came later", async () => {
    const [id] = await insertGlyphs(runtime, digits(1));
    const [ann, ben] = [openTab("ann"), openTab("ben")];
    const said: [Tab, TestLabel][] = [
      [ann, say(id, "7")],
      [ben, say(id, "3", "second")],
      [ann, { clientId: randomUUID(), glyphId: id, kind: "flag", value: "torn" }],
      [ben, say(id, "5", "adjudication")],
      [ann, { clientId: randomUUID(), glyphId: id, kind: "unusable", value: null }],
    ];
    const states = [stateOf(await detail(id))];
    for (const [tab, label] of said) {
      await record(tab, [label]);
      states.push(stateOf(await detail(id)));
    }
    expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(states.length);
    const undone: [Tab, TestLabel][] = [];
    for (const [tab, label] of said.toReversed()) {
      const back = undo(label);
      await record(tab, [back]);
      undone.push([tab, back]);
      expect(stateOf(await detail(id))).toEqual(states[said.length - undone.length]);
    }
    for (const [tab, back] of undone.toReversed()) await record(tab, [undo(back)]);
    expect(stateOf(await detail(id))).toEqual(states.at(-1));
    // All of it is there to be shown.
    expect((await detail(id)).labels.filter(({ source }) => source === "person")).toHaveLength(3 * said.length);
  });
});
