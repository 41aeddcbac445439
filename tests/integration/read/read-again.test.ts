import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeCardCode } from "../../../lib/card/card-code.ts";
import type { Card } from "../../../lib/card/card-manifest.ts";
import type { ReadAgain } from "../../../lib/contracts/scans.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { rejectPage } from "../../../lib/pipeline/reject-page.ts";
import { newId } from "../../../lib/server/db/new-id.ts";
import { recordLabels } from "../../../lib/server/services/labels/record-labels.ts";
import { getPage } from "../../../lib/server/services/pages/get-page.ts";
import { readScan, type ScanPage } from "../../../lib/server/services/read/read-scan.ts";
import { deleteScan } from "../../../lib/server/services/scans/delete-scan.ts";
import { readPageAgain } from "../../../lib/server/services/scans/read-page-again.ts";
import { replaceReading } from "../../../lib/server/services/scans/replace-reading.ts";
import { reportScans } from "../../../lib/server/services/scans/report-scans.ts";
import { handleReadPage } from "../../../lib/server/services/scans/run-read-page.ts";
import { storePage } from "../../../lib/server/services/scans/store-page.ts";
import { uploadScan } from "../../../lib/server/services/scans/upload-scan.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../../support/open-test-runtime.ts";
import { simulateCard } from "../../support/simulated-card.ts";

const PX_PER_MM = 150 / 25.4;
const CARD = { template: "digits", paper: "a4", seed: 31, dropOut: "none" } as const;
const model = readFileSync(join(import.meta.dirname, "../../../lib/mlp/starter/starter.ink"));

let card: Card;
let whole: Uint8Array;
let covered: Uint8Array;
let plain: ScanPage;
let unread: ScanPage;

beforeAll(async () => {
  const made = await simulateCard(CARD, { dpi: 150 });
  card = made.card;
  const image = made.pages[0].image as GrayImage;
  const png = sharp(image.data, { raw: { width: image.width, height: image.height, channels: 1 } }).png();
  whole = await png.clone().toBuffer();
  const thumb = (sizeMm: number) => ({
    create: {
      width: Math.round(sizeMm * PX_PER_MM),
      height: Math.round(sizeMm * PX_PER_MM),
      channels: 3 as const,
      background: "#555",
    },
  });
  const corners = card.pages[0].fiducials.map(({ xMm, yMm }) => ({
    input: thumb(14),
    left: Math.round((xMm - 7) * PX_PER_MM),
    top: Math.round((yMm - 7) * PX_PER_MM),
  }));
  covered = await sharp(whole).composite(corners).png().toBuffer();
  for await (const page of readScan({ name: "card.png", bytes: whole }, { model })) plain = page;
  // What reading it says; tests/integration/read/by-hand.test.ts reads such a page.
  unread = { ...plain, reading: rejectPage("fiducials-missing", "None of the card's four corner marks can be seen.") };
});

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const handCorners = (offMm: number): NonNullable<ReadAgain["corners"]> => {
  const [a, b, c, d] = card.pages[0].fiducials.map(({ xMm, yMm }): [number, number] => [(xMm + offMm) * PX_PER_MM, yMm * PX_PER_MM]);
  return [a, b, c, d];
};

describe.each(DATABASES)("a page read again, in the %s database", (database) => {
  let runtime: TestRuntime;
  let collectionId: string;
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
    collectionId = (await runtime.database.client.collection.findUniqueOrThrow({ where: { slug: "test" } })).id;
  });
  afterAll(() => runtime.remove());

  /** A scan whose page was read with that result. */
  async function addRead(name: string, bytes: Uint8Array, page: ScanPage): Promise<string> {
    // Different bytes each time: the same ones would be known.
    const own = Buffer.concat([bytes, Buffer.from(name)]);
    const { scanId } = await uploadScan(runtime, "test", { name }, chunks(own));
    await storePage(runtime, { id: scanId, collectionId }, page, "starter");
    return (await runtime.database.client.page.findFirstOrThrow({ where: { scanId } })).id;
  }
  const label = async (glyphId: string, value: string): Promise<void> => {
    const labels = [{ clientId: crypto.randomUUID(), glyphId, kind: "class" as const, value }];
    await recordLabels(runtime, "test", { reviewer: "Ann", labels });
  };
  const jobOf = async (pageId: string): Promise<string> =>
    (await runtime.database.client.page.findUniqueOrThrow({ where: { id: pageId } })).readJobId ?? "";
  const runJob = async (pageId: string, request: ReadAgain): Promise<void> => {
    const jobId = await jobOf(pageId);
    const context = { jobId, payload: { pageId, request }, attempt: 1, signal: new AbortController().signal, progress: () => undefined };
    await handleReadPage(runtime).run(context);
    await runtime.database.client.job.update({ where: { id: jobId }, data: { state: "done" } });
  };
  const glyphsOf = async (pageId: string) => (await getPage(runtime, pageId)).fields.flatMap((field) => field.glyphs);

  it("is read from corners set by hand, once for two clicks, and keeps people's labels with their ink", async () => {
    const pageId = await addRead("covered.png", covered, unread);
    expect(await getPage(runtime, pageId)).toMatchObject({ state: "rejected", reading: null });
    await expect(readPageAgain(runtime, pageId, { code: `${card.code.slice(0, -1)}Z` })).rejects.toThrow(/does not pass its check/);

    const request: ReadAgain = { corners: handCorners(0.5), code: card.code };
    const [first, second] = await Promise.all([readPageAgain(runtime, pageId, request), readPageAgain(runtime, pageId, request)]);
    expect([first.reading?.state, second.reading?.state]).toEqual(["queued", "queued"]);
    expect(await runtime.database.client.job.count({ where: { kind: "read-page" } })).toBe(1);
    await expect(readPageAgain(runtime, pageId, { corners: handCorners(1) })).rejects.toThrow(/being read again already/);
    await runJob(pageId, request);
    const read = await getPage(runtime, pageId);
    expect(read).toMatchObject({ id: pageId, state: "read", card: card.code, cardPage: 1, glyphs: 210, byHand: request });

    // Killed after it was stored, before its job counted as done: it runs again and changes nothing.
    const before = (await glyphsOf(pageId)).map(({ id }) => id);
    await runJob(pageId, request);
    expect((await glyphsOf(pageId)).map(({ id }) => id)).toEqual(before);

    await label(before[3], "8");
    await label(before[4], "9");
    await expect(readPageAgain(runtime, pageId, request)).rejects.toThrow(/labelled 2 glyphs.*nothing was changed/s);
    await readPageAgain(runtime, pageId, { ...request, carryLabels: true });
    // What is read this time: one labelled glyph's ink lies where it was, the other's is cut otherwise.
    const [field, ...fields] = plain.reading.fields.filter((candidate) => candidate.glyphs.length > 0);
    const glyphs = field.glyphs.map((glyph, i) =>
      i === 4 ? { ...glyph, bounds: [glyph.bounds[0] + 60, ...glyph.bounds.slice(1)] as never } : glyph,
    );
    const moved: ScanPage = { ...plain, reading: { ...plain.reading, fields: [{ ...field, glyphs }, ...fields] } };
    const jobId = await jobOf(pageId);
    expect(await replaceReading(runtime, { pageId, jobId, request, page: moved, model: "starter" })).toBeNull();
    const after = await getPage(runtime, pageId);
    const now = after.fields.flatMap((candidate) => candidate.glyphs);
    expect(now[3]).toMatchObject({ id: before[3], label: "8", reviewed: true });
    expect(now[4].reviewed).toBe(false);
    expect(now[4].id).not.toBe(before[4]);
    expect(after.setAside).toMatchObject([{ field: field.name, index: 4, kind: "class", value: "9", by: "Ann" }]);
    expect(await runtime.database.client.label.count({ where: { glyphId: before[3], source: "person" } })).toBe(1);

    // A reading that fails leaves a page that was read as it is, and says why.
    await runtime.database.client.job.update({ where: { id: jobId }, data: { state: "done" } });
    await readPageAgain(runtime, pageId, { corners: handCorners(12), carryLabels: true });
    const failed = await replaceReading(runtime, { pageId, jobId: await jobOf(pageId), request, page: unread, model: "starter" });
    expect(failed).toMatch(/stays as it was read/);
    expect((await glyphsOf(pageId))[3]).toMatchObject({ id: before[3], reviewed: true });
    await deleteScan(runtime, after.scanId);
  });

  it("is a duplicate where its card was read before, and takes that page's place with people's labels when asked", async () => {
    const first = await addRead("first.png", whole, plain);
    const second = await addRead("second.png", whole, plain);
    const refused = await getPage(runtime, second);
    expect(refused).toMatchObject({ state: "rejected", reason: { code: "duplicate" }, duplicateOf: first, glyphs: 0, fields: [] });
    expect(refused.reason?.message).toContain(`${card.code} is here already: first.png`);

    const glyphs = await glyphsOf(first);
    await label(glyphs[10].id, "5");
    await expect(readPageAgain(runtime, second, { duplicate: "instead" })).rejects.toThrow(/labelled 1 glyphs/);
    const request: ReadAgain = { duplicate: "instead", carryLabels: true };
    await readPageAgain(runtime, second, request);
    await replaceReading(runtime, { pageId: second, jobId: await jobOf(second), request, page: plain, model: "starter" });
    const taken = await getPage(runtime, second);
    expect(taken).toMatchObject({ state: "read", glyphs: 210, reason: null, setAside: [] });
    expect(taken.fields.flatMap((field) => field.glyphs)[10]).toMatchObject({ id: glyphs[10].id, label: "5", reviewed: true });
    expect(await getPage(runtime, first)).toMatchObject({
      state: "rejected",
      reason: { code: "replaced" },
      duplicateOf: second,
      glyphs: 0,
    });
    expect(await runtime.database.client.glyph.count({ where: { collectionId } })).toBe(glyphs.length);

    // Another sheet that was printed with the same code: both count.
    const third = await addRead("third.png", whole, plain);
    await readPageAgain(runtime, third, { duplicate: "both" });
    await replaceReading(runtime, {
      pageId: third,
      jobId: await jobOf(third),
      request: { duplicate: "both" },
      page: plain,
      model: "starter",
    });
    expect(await getPage(runtime, third)).toMatchObject({ state: "read", duplicateOf: null });
  });

  it("belongs to the collection its card was printed for, unless a person says otherwise", async () => {
    const { client } = runtime.database;
    const other = await client.collection.create({ data: { id: newId(), slug: "school", name: "School" } });
    const codes = [encodeCardCode({ ...CARD, seed: 32 })];
    await client.cardBatch.create({ data: { id: newId(), collectionId: other.id, spec: {}, copies: 1, codes } });
    const foreign: ScanPage = { ...plain, reading: { ...plain.reading, card: codes[0] } };
    const pageId = await addRead("=1+1, foreign.png", whole, foreign);
    const refused = await getPage(runtime, pageId);
    expect(refused).toMatchObject({
      state: "rejected",
      reason: { code: "other-collection" },
      otherCollection: { slug: "school", name: "School" },
    });
    expect(refused.reason?.message).toMatch(/printed for the collection "School"\. Add the file there/);
    const [, line] = /\r\n(.*foreign.*)\r\n/.exec(new TextDecoder().decode(await reportScans(runtime, "test", undefined))) ?? [];
    expect(line).toMatch(/^"'=1\+1, foreign\.png",1,1,[^,]+,refused,other-collection,"This card, .*printed for the collection ""School""/);
    await readPageAgain(runtime, pageId, { readHere: true });
    await replaceReading(runtime, { pageId, jobId: await jobOf(pageId), request: { readHere: true }, page: foreign, model: "starter" });
    expect(await getPage(runtime, pageId)).toMatchObject({ state: "read", otherCollection: null, glyphs: 210 });
  });
});
