import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Field } from "../../lib/card/card-manifest.ts";
import type { CutRequest } from "../../lib/contracts/cuts.ts";
import type { PageView } from "../../lib/contracts/scans.ts";
import { normalizeGlyph } from "../../lib/glyph/normalize-glyph.ts";
import type { GrayImage } from "../../lib/image/images.ts";
import { takeInk } from "../../lib/pipeline/cut/ink-piece.ts";
import type { FieldReading, GlyphReading } from "../../lib/pipeline/page-reading.ts";
import { recordCut } from "../../lib/server/services/cuts/record-cut.ts";
import { readCandidates } from "../../lib/server/services/datasets/read-candidates.ts";
import { getGlyph } from "../../lib/server/services/glyphs/get-glyph.ts";
import { listGlyphs } from "../../lib/server/services/glyphs/list-glyphs.ts";
import { recordLabels } from "../../lib/server/services/labels/record-labels.ts";
import { getPage } from "../../lib/server/services/pages/get-page.ts";
import type { ScanPage } from "../../lib/server/services/read/read-scan.ts";
import { readPageAgain } from "../../lib/server/services/scans/read-page-again.ts";
import { replaceReading } from "../../lib/server/services/scans/replace-reading.ts";
import { storePage } from "../../lib/server/services/scans/store-page.ts";
import { uploadScan } from "../../lib/server/services/scans/upload-scan.ts";
import type { InkMask } from "../../lib/simulate/ink-mask.ts";
import { findInkBounds, type PageTruth } from "../../lib/simulate/page-truth.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";
import { simulateCard } from "../support/simulated-card.ts";

/** Of the pen's own ink and that of a glyph: what they share of both together. */
const SAME_INK = 0.8;
/** Undivided fields: of three digits, of which two touch, and its neighbour. */
const FIELD = "f07";
const FIELDS = [FIELD, "f08"];

let bytes: Uint8Array;
let read: ScanPage;
let truth: PageTruth;

beforeAll(async () => {
  const made = await simulateCard({ template: "nist-hsf", paper: "a4", seed: 5, dropOut: "none" }, { touching: 0.5 });
  const { width, height, data } = made.pages[0].image as GrayImage;
  truth = made.pages[0].truth;
  bytes = await sharp(data, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  // As a reader that parts everything right would have read it: what is cut anew is cut from the picture itself.
  const fields = made.card.pages[0].fields.filter(({ name }) => FIELDS.includes(name)).map(describeField);
  read = {
    ...{ number: 1, part: 1, parts: 1, pageCount: 1, widthPx: width, heightPx: height, preview: new Uint8Array(0) },
    reading: {
      ...{ status: "read", reason: null, template: "nist-hsf", card: made.card.code, cardPage: 1, writer: null, quality: null },
      registration: { rotationDeg: 0, scale: 1, residualPx: 0 },
      fields,
    },
  };
});

/** A field whose glyphs are the pen's ink. */
function describeField({ name, kind, prompt, box: [x, y, w, h] }: Field): FieldReading {
  const [sx, sy] = truth.pxPerMm;
  const outline = [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ].map(([left, top]) => [left * sx, top * sy] as const);
  const glyphs = truth.fields
    .find((field) => field.name === name)!
    .glyphs.map(({ ink, prompt: label }): GlyphReading => {
      const raw = { width: ink!.width, height: ink!.height, data: Uint8Array.from(ink!.coverage, (value) => (value >= 128 ? 1 : 0)) };
      const piece = takeInk(raw, { x: ink!.x, y: ink!.y }, () => true)!;
      const bounds = [piece.x, piece.y, piece.image.width, piece.image.height] as const;
      const prediction = { label: label ?? "", probability: 1 };
      return { bounds, raw: piece.image, image: normalizeGlyph(piece.image), label, status: "labelled", prediction };
    });
  return { name, kind, prompt, promptSource: "card", outline, boxOutlines: [], glyphs };
}

async function* chunks(): AsyncGenerator<Uint8Array> {
  yield bytes;
}

type Glyph = PageView["fields"][number]["glyphs"][number];

describe.each(DATABASES)("glyphs cut anew, in the %s database", (database) => {
  let runtime: TestRuntime;
  let pageId: string;
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
    const { id: collectionId } = await runtime.database.client.collection.findUniqueOrThrow({ where: { slug: "test" } });
    const { scanId } = await uploadScan(runtime, "test", { name: "card.png" }, chunks());
    await storePage(runtime, { id: scanId, collectionId }, read, "starter");
    pageId = (await runtime.database.client.page.findFirstOrThrow({ where: { scanId } })).id;
  });
  afterAll(() => runtime.remove());

  const cut = (request: CutRequest, clientId: string = crypto.randomUUID()): Promise<PageView> =>
    recordCut(runtime, pageId, { clientId, reviewer: "Ann", cut: request });
  const glyphsIn = (page: PageView): readonly Glyph[] => page.fields.find(({ name }) => name === FIELD)?.glyphs ?? [];
  const told = (page: PageView): string =>
    glyphsIn(page)
      .map(({ label, status }) => `${label} ${status}`)
      .join(", ");
  const undoLast = (page: PageView): Promise<PageView> => cut({ kind: "undo", cutId: page.cuts.at(-1)?.id ?? "" });

  /** A glyph's ink on the page, which is as large as the truth's, against what the pen drew there. */
  async function sameInk({ id, bounds }: Glyph, pen: readonly InkMask[]): Promise<number> {
    const row = await runtime.database.client.glyph.findUniqueOrThrow({
      where: { id },
      include: { page: { select: { cropsSha256: true } } },
    });
    const crops = await runtime.blobs.get(row.page.cropsSha256 ?? "");
    const drawn = new Set<string>();
    for (const { x, y, width, coverage } of pen)
      for (const [i, value] of coverage.entries()) if (value >= 128) drawn.add(`${x + (i % width)} ${y + Math.floor(i / width)}`);
    let best = 0;
    // Rounding to whole px, and a rectified page's own grid.
    for (let dy = -1; dy <= 2; dy++) {
      for (let dx = -1; dx <= 2; dx++) {
        let [ink, shared] = [0, 0];
        for (let i = 0; i < row.cropWidth * row.cropHeight; i++) {
          if (crops[row.cropOffset + i] === 0) continue;
          ink++;
          if (drawn.has(`${bounds[0] + dx + (i % row.cropWidth)} ${bounds[1] + dy + Math.floor(i / row.cropWidth)}`)) shared++;
        }
        best = Math.max(best, shared / (ink + drawn.size - shared));
      }
    }
    return best;
  }
  const penOf = (index: number): InkMask => {
    const { ink } = truth.fields.find(({ name }) => name === FIELD)!.glyphs[index];
    if (ink === null) throw new Error("nothing was written there");
    return ink;
  };

  it("joins two glyphs, splits them where the pen parted, and each is what the pen drew; undo brings back rows, labels and counts", async () => {
    const page = await getPage(runtime, pageId);
    expect(told(page)).toBe("6 labelled, 5 labelled, 4 labelled");
    const [six, five, four] = glyphsIn(page);
    await recordLabels(runtime, "test", {
      reviewer: "Ann",
      labels: [{ clientId: crypto.randomUUID(), glyphId: five.id, kind: "class", value: "5" }],
    });

    // A count that is not the prompt's: no label is forced, what people say stays theirs.
    const clientId = crypto.randomUUID();
    const request: CutRequest = { kind: "join", glyphIds: [five.id, four.id] };
    const [joined, again] = await Promise.all([cut(request, clientId), cut(request, clientId)]);
    expect(again.cuts).toEqual(joined.cuts);
    expect(joined.cuts).toMatchObject([{ kind: "join", by: "Ann", before: [five.id, four.id].sort(), undone: false }]);
    expect(told(joined)).toBe("null unsure, null unsure");
    expect(joined.glyphs).toBe(page.glyphs - 1);
    const both = glyphsIn(joined)[1];
    expect(both).toMatchObject({ index: 1, cut: true });
    expect(await sameInk(both, [penOf(1), penOf(2)])).toBeGreaterThan(SAME_INK);

    // The old ones are found, with their labels, and count nowhere.
    const old = await getGlyph(runtime.database.client, five.id);
    expect(old).toMatchObject({ status: "superseded", label: null, reviewed: false, replacedBy: [both.id] });
    expect(old.labels.map(({ source, value }) => `${source} ${value}`)).toEqual(["prompt 5", "model 5", "person 5"]);
    const queue = await listGlyphs(runtime, "test", { state: "all", order: "queue", limit: 1000 } as never);
    const queued = new Set(queue.glyphs.map(({ id }) => id));
    expect([queued.has(five.id), queued.has(four.id), queued.has(both.id)]).toEqual([false, false, true]);
    const { id: collectionId } = await runtime.database.client.collection.findUniqueOrThrow({ where: { slug: "test" } });
    const examples = (await readCandidates(runtime.database.client, collectionId, true)).map(({ glyphId }) => glyphId);
    expect(examples).toEqual(page.fields[1].glyphs.map(({ id }) => id));

    const split = await cut({ kind: "split", glyphId: both.id });
    expect(told(split)).toBe("6 labelled, 5 labelled, 4 labelled");
    for (const i of [1, 2]) expect(await sameInk(glyphsIn(split)[i], [penOf(i)])).toBeGreaterThan(SAME_INK);
    expect(glyphsIn(split)[0].id).toBe(six.id);
    const replacedBy = async (id: string): Promise<string[]> => (await getGlyph(runtime.database.client, id)).replacedBy;
    expect(await replacedBy(five.id)).toEqual([both.id]);
    expect((await replacedBy(both.id)).sort()).toEqual([glyphsIn(split)[1].id, glyphsIn(split)[2].id].sort());

    // One step after the other, and not the earlier one first.
    await expect(cut({ kind: "undo", cutId: joined.cuts[0].id })).rejects.toThrow(/cut further since/);
    const back = await undoLast(split);
    expect(told(back)).toBe("null unsure, null unsure");
    const redone = await cut({ kind: "undo", cutId: back.cuts.at(-1)!.id });
    expect(glyphsIn(redone).map(({ id }) => id)).toEqual(glyphsIn(split).map(({ id }) => id));
    await undoLast(redone);
    const first = await cut({ kind: "undo", cutId: joined.cuts[0].id });
    expect(glyphsIn(first)).toEqual(
      glyphsIn(page).map((glyph) => (glyph.id === five.id ? { ...glyph, reviewed: true, decidedBy: "Ann" } : glyph)),
    );
    expect([await replacedBy(five.id), await replacedBy(both.id)]).toEqual([[], [five.id, four.id]]);
    expect(first.glyphs).toBe(page.glyphs);
    expect(first.cuts.filter(({ kind, undone }) => kind !== "undo" && !undone)).toEqual([]);
  });

  it("cuts what is in a box drawn anew, keeps its prompt, and refuses boxes that hold no character", async () => {
    const page = await getPage(runtime, pageId);
    const [six] = glyphsIn(page);
    const [x, y, w, h] = findInkBounds(penOf(0))!;
    const cutAnew = await cut({ kind: "recut", glyphId: six.id, box: [x - 2, y - 2, w + 4, h + 4] });
    const [fresh] = glyphsIn(cutAnew);
    expect(fresh).toMatchObject({ index: 0, label: "6", status: "labelled", reviewed: false, cut: true });
    expect(await sameInk(fresh, [penOf(0)])).toBeGreaterThan(SAME_INK);

    const refuse = async (box: [number, number, number, number], words: RegExp): Promise<void> => {
      await expect(cut({ kind: "recut", glyphId: fresh.id, box })).rejects.toThrow(words);
    };
    await refuse([page.widthPx - 10, y, 40, 40], /reaches beyond the page/);
    await refuse([x, y, -5, 20], /reaches beyond the page/);
    await refuse([x, y, 2, 2], /too small for a character/);
    await refuse([10, 10, 1500, 1500], /too large for one character/);
    await refuse([x, y + 2 * h + 20, 8, 8], /no ink/);
    await expect(
      cut({
        kind: "split",
        glyphId: fresh.id,
        line: [
          [0, 0],
          [1, 50],
        ],
      }),
    ).rejects.toThrow(/one side of the line/);
    await expect(cut({ kind: "split", glyphId: six.id })).rejects.toThrow(/cut anew meanwhile/);
    const other = page.fields.find(({ name }) => name === "f08")!.glyphs[0];
    await expect(cut({ kind: "join", glyphIds: [fresh.id, other.id] })).rejects.toThrow(/side by side in one field/);
    expect((await getPage(runtime, pageId)).cuts).toEqual(cutAnew.cuts);
  });

  it("stays when the page is read again and its ink is found, and gives way with people's labels told where it is not", async () => {
    const { client } = runtime.database;
    const page = await getPage(runtime, pageId);
    const [six, five, four] = glyphsIn(page);
    const joined = await cut({ kind: "join", glyphIds: [five.id, four.id] });
    const both = glyphsIn(joined)[1];
    await recordLabels(runtime, "test", {
      reviewer: "Ann",
      labels: [{ clientId: crypto.randomUUID(), glyphId: both.id, kind: "unusable", value: null }],
    });
    const readAgain = async (reading: ScanPage): Promise<PageView> => {
      await readPageAgain(runtime, pageId, { carryLabels: true });
      await expect(cut({ kind: "split", glyphId: both.id })).rejects.toThrow(/being read again/);
      const { readJobId: jobId } = await client.page.findUniqueOrThrow({ where: { id: pageId } });
      const done = { pageId, jobId: jobId ?? "", request: { carryLabels: true }, page: reading, model: "starter" } as const;
      expect(await replaceReading(runtime, done)).toBeNull();
      await client.job.update({ where: { id: jobId ?? "" }, data: { state: "done" } });
      return getPage(runtime, pageId);
    };
    const same = await readAgain(read);
    expect(glyphsIn(same).map(({ id }) => id)).toEqual([six.id, both.id]);
    expect(glyphsIn(same)[1]).toMatchObject({ unusable: true, reviewed: true, bounds: both.bounds });
    expect(await sameInk(glyphsIn(same)[1], [penOf(1), penOf(2)])).toBeGreaterThan(SAME_INK);
    expect(same).toMatchObject({ glyphs: joined.glyphs, setAside: [] });
    expect((await getGlyph(client, five.id)).status).toBe("superseded");

    // The field's ink lies elsewhere now: nothing of before is found.
    const moved = read.reading.fields.map((field) =>
      field.name !== FIELD
        ? field
        : {
            ...field,
            glyphs: field.glyphs.map((glyph) => ({ ...glyph, bounds: [glyph.bounds[0], glyph.bounds[1] + 200, 30, 40] as never })),
          },
    );
    const gone = await readAgain({ ...read, reading: { ...read.reading, fields: moved } });
    expect(told(gone)).toBe("6 labelled, 5 labelled, 4 labelled");
    expect(gone.setAside.map(({ index, kind, value, by }) => `${index} ${kind} ${value} ${by}`).sort()).toEqual([
      "1 class 5 Ann",
      "1 unusable null Ann",
    ]);
    expect(await client.glyph.count({ where: { pageId, status: "superseded" } })).toBe(0);
  });
});
