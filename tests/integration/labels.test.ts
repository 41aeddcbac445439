import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { glyphQuerySchema, type RecordLabels } from "../../lib/contracts/review.ts";
import { getGlyph } from "../../lib/server/services/glyphs/get-glyph.ts";
import { listGlyphs } from "../../lib/server/services/glyphs/list-glyphs.ts";
import { readCrop } from "../../lib/server/services/glyphs/read-crop.ts";
import { readGlyphImages } from "../../lib/server/services/glyphs/read-glyph-images.ts";
import { recordLabels } from "../../lib/server/services/labels/record-labels.ts";
import { insertGlyphs } from "../support/insert-glyphs.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";

type Label = RecordLabels["labels"][number];
const asClass = (glyphId: string, value: string): Label => ({ clientId: randomUUID(), glyphId, kind: "class", value });
const asUnusable = (glyphId: string): Label => ({ clientId: randomUUID(), glyphId, kind: "unusable", value: null });
const undo = (label: Label): Label => ({ clientId: randomUUID(), glyphId: label.glyphId, kind: "retract", value: label.clientId });

describe.each(DATABASES)("labels on the %s database", (database) => {
  let runtime: TestRuntime;
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
  });
  afterAll(() => runtime.remove());
  beforeEach(async () => {
    await runtime.database.client.scan.deleteMany();
  });
  const record = (labels: Label[], reviewer = "me") => recordLabels(runtime, "test", { reviewer, labels });
  const list = (query: object) => listGlyphs(runtime, "test", glyphQuerySchema.parse(query));
  const countLabels = (glyphId: string) => runtime.database.client.label.count({ where: { glyphId, source: "person" } });

  it("appends a label, brings the glyph up to date, and undoes it exactly", async () => {
    const [id] = await insertGlyphs(runtime, [{ prompt: "3", prediction: "8" }]);
    const before = await getGlyph(runtime.database.client, id);
    expect(before).toMatchObject({ label: "3", labelSource: "prompt", reviewed: false, status: "mismatch", prediction: { label: "8" } });

    const label = asClass(id, "8");
    expect(await record([label])).toMatchObject([{ id, label: "8", labelSource: "person", reviewed: true, unusable: false }]);
    const mark = asUnusable(id);
    expect(await record([mark])).toMatchObject([{ label: null, unusable: true, reviewed: true }]);
    expect(await record([undo(mark)])).toMatchObject([{ label: "8", unusable: false }]);
    await record([undo(label)]);

    const after = await getGlyph(runtime.database.client, id);
    expect({ ...after, labels: [] }).toEqual({ ...before, labels: [] });
    expect(after.labels.map((l) => `${l.source} ${l.kind}`)).toEqual([
      "prompt class",
      "model class",
      "person class",
      "person unusable",
      "person retract",
      "person retract",
    ]);
    expect(await runtime.database.client.glyph.findUnique({ where: { id }, select: { disagrees: true } })).toEqual({ disagrees: true });
  });

  it("records a clientId once, however often and however much at once it is sent", async () => {
    const [id] = await insertGlyphs(runtime, [{ prompt: "3" }]);
    const label = asClass(id, "4");
    await Promise.all(Array.from({ length: 8 }, () => record([label])));
    expect(await record([label, label])).toMatchObject([{ label: "4" }]);
    expect(await countLabels(id)).toBe(1);
  });

  it("refuses a clientId that stands for another label, and records nothing of that request", async () => {
    const [a, b] = await insertGlyphs(runtime, [{ prompt: "3" }, { prompt: "5" }]);
    const label = asClass(a, "4");
    await record([label]);
    await expect(record([asClass(b, "6"), { ...label, value: "7" }])).rejects.toMatchObject({ code: "conflict" });
    await expect(record([{ ...label, glyphId: b }])).rejects.toMatchObject({ code: "conflict" });
    expect(await countLabels(b)).toBe(0);
  });

  it("refuses all of a request that names a glyph which is not there, or a class that is none", async () => {
    const [id] = await insertGlyphs(runtime, [{ prompt: "3" }]);
    await expect(record([asClass(id, "4"), asClass("nothing", "4")])).rejects.toThrow(/no glyph nothing.*No label was recorded/);
    await expect(record([asClass(id, "44")])).rejects.toMatchObject({ code: "invalid-argument" });
    await expect(record([{ ...asClass(id, "4"), value: null }])).rejects.toMatchObject({ code: "invalid-argument" });
    expect(await countLabels(id)).toBe(0);
  });

  it("loses nothing when several people label the same glyphs at once, and agrees with what was appended last", async () => {
    const ids = await insertGlyphs(
      runtime,
      Array.from({ length: 6 }, () => ({ prompt: "3" })),
    );
    const requests = Array.from({ length: 24 }, (_, i) => {
      // Each in another order: without a fixed order of locks two would wait for each other.
      const order = i % 2 === 0 ? ids : [...ids].reverse();
      return record(
        order.map((id) => asClass(id, String(i % 10))),
        `tab ${i}`,
      );
    });
    await Promise.all(requests);
    for (const id of ids) {
      expect(await countLabels(id)).toBe(24);
      const { label, labels } = await getGlyph(runtime.database.client, id);
      expect(label).toBe(labels.at(-1)?.value);
    }
  });

  it("undo and relabel from two tabs at once end in a state that follows from the labels", async () => {
    const [id] = await insertGlyphs(runtime, [{ prompt: "3" }]);
    for (let i = 0; i < 10; i++) {
      const first = asClass(id, "7");
      await record([first]);
      await Promise.all([record([undo(first)], "a"), record([asClass(id, "9")], "b")]);
      const { label, labels } = await getGlyph(runtime.database.client, id);
      expect(label).toBe("9");
      expect(labels.filter((l) => l.source === "person")).toHaveLength(3 * (i + 1));
    }
  });

  it("lists what contradicts first, then unsure cuts, then the rest, blanks never; a cursor neither repeats nor misses one while it empties", async () => {
    const ids = await insertGlyphs(runtime, [
      { prompt: "0" },
      { prompt: null },
      { prompt: "1", status: "unsure" },
      { prompt: "2", prediction: "7" },
      { prompt: "3" },
      { prompt: "4", prediction: "9" },
      { prompt: "5", status: "unsure" },
    ]);
    const expected = [ids[3], ids[5], ids[2], ids[6], ids[0], ids[4]];
    const all = await list({});
    expect(all.glyphs.map((g) => g.id)).toEqual(expected);
    expect(all).toMatchObject({ total: 6, nextCursor: null });

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list({ limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.glyphs.map((g) => g.id));
      await record(page.glyphs.slice(0, 1).map((g) => asClass(g.id, "1")));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(expected);
    await expect(list({ cursor: "elsewhere" })).rejects.toMatchObject({ code: "invalid-argument" });
  });

  it("filters", async () => {
    const ids = await insertGlyphs(runtime, [
      { prompt: "0", writer: "a" },
      { prompt: "1", prediction: "7", writer: "b" },
      { prompt: "2", status: "unsure", writer: "b" },
      { prompt: "7", writer: "c" },
    ]);
    await record([asUnusable(ids[3]), asClass(ids[0], "6")]);
    const idsOf = async (query: object) => (await list(query)).glyphs.map((g) => ids.indexOf(g.id));
    expect(await idsOf({ state: "disagree" })).toEqual([1, 2]);
    expect(await idsOf({ state: "open" })).toEqual([1, 2]);
    expect(await idsOf({ state: "reviewed" })).toEqual([0, 3]);
    expect(await idsOf({ state: "unusable" })).toEqual([3]);
    expect(await idsOf({ state: "all", writer: "b" })).toEqual([1, 2]);
    expect(await idsOf({ state: "all", label: "6" })).toEqual([0]);
    expect(await idsOf({ state: "all", prediction: "7" })).toEqual([1, 3]);
    await expect(listGlyphs(runtime, "nowhere", glyphQuerySchema.parse({}))).rejects.toMatchObject({ code: "not-found" });
  });

  it("packs images in the order asked for and gives the crop as a PNG", async () => {
    const ids = await insertGlyphs(runtime, [
      { prompt: "0", image: new Uint8Array(784).fill(1) },
      { prompt: "1", image: new Uint8Array(784).fill(2) },
      { prompt: null },
    ]);
    const images = await readGlyphImages(runtime.database, [ids[1], ids[0], ids[1]]);
    expect([images.length, images[0], images[784], images[2 * 784]]).toEqual([3 * 784, 2, 1, 2]);
    await expect(readGlyphImages(runtime.database, ["none"])).rejects.toMatchObject({ code: "not-found" });
    const png = await readCrop(runtime, ids[0]);
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    await expect(readCrop(runtime, ids[2])).rejects.toThrow(/blank/);
  });
});
