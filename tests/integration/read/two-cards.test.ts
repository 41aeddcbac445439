import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { readScan, type ScanPage } from "../../../lib/server/services/read/read-scan.ts";
import { handleReadScan } from "../../../lib/server/services/scans/run-read-scan.ts";
import { storePage } from "../../../lib/server/services/scans/store-page.ts";
import { uploadScan } from "../../../lib/server/services/scans/upload-scan.ts";
import type { PageTruth } from "../../../lib/simulate/page-truth.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { openTestRuntime } from "../../support/open-test-runtime.ts";
import { scoreReading } from "../../support/score-reading.ts";
import { simulateCard } from "../../support/simulated-card.ts";

const model = readFileSync(join(import.meta.dirname, "../../../lib/mlp/starter/starter.ink"));
const GAP = 60;

/** Two filled cards beside each other on a dark table, the right one upside down. */
let bytes: Uint8Array;
let truths: { code: string; truth: PageTruth; toPicture: Float64Array }[];
let parts: ScanPage[];

beforeAll(async () => {
  const cards = [];
  for (const seed of [21, 22]) {
    const { card, pages } = await simulateCard(
      { template: "digits", paper: "a4", seed, dropOut: "none" },
      { dpi: 150, writer: buildWriter(seed) },
    );
    cards.push({ code: card.code, ...pages[0] });
  }
  const { width: w, height: h } = cards[0].image;
  const [width, height] = [2 * w + 3 * GAP, h + 2 * GAP];
  const data = new Uint8Array(width * height).fill(70);
  cards.forEach(({ image }, k) => {
    for (let y = 0; y < h; y++) {
      const row = (GAP + y) * width + GAP + k * (w + GAP);
      for (let x = 0; x < w; x++) data[row + x] = k === 0 ? image.data[y * w + x] : image.data[(h - 1 - y) * w + w - 1 - x];
    }
  });
  truths = cards.map(({ code, truth }, k) => ({
    code,
    truth,
    toPicture: k === 0 ? Float64Array.of(1, 0, GAP, 0, 1, GAP, 0, 0, 1) : Float64Array.of(-1, 0, 2 * (w + GAP), 0, -1, GAP + h, 0, 0, 1),
  }));
  bytes = await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
  parts = [];
  for await (const page of readScan({ name: "two.png", bytes }, { model })) parts.push(page);
});

async function* chunks(all: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(all);
}

describe("two cards in one picture", () => {
  it("are both read, the left one first, each with its own boxes", () => {
    expect(parts.map(({ number, part, parts: of, reading }) => [number, part, of, reading.status, reading.card])).toEqual([
      [1, 1, 2, "read", truths[0].code],
      [1, 2, 2, "read", truths[1].code],
    ]);
    parts.forEach(({ reading }, k) => {
      const scores = scoreReading(reading, truths[k].truth, truths[k].toPicture);
      expect(scores).toHaveLength(210);
      expect(scores.filter((score) => !score.right)).toEqual([]);
    });
  });

  it("are pages of their own, none lost and none doubled when the program is killed between the two", async () => {
    const runtime = await openTestRuntime();
    try {
      const { database } = runtime;
      const { scanId } = await uploadScan(runtime, "test", { name: "two.png" }, chunks(bytes));
      const { collectionId } = await database.client.scan.findUniqueOrThrow({ where: { id: scanId } });
      expect(await storePage(runtime, { id: scanId, collectionId }, parts[0], "starter")).toBe(true);
      expect(await storePage(runtime, { id: scanId, collectionId }, parts[0], "starter")).toBe(false);
      const context = { jobId: "j", payload: { scanId }, attempt: 2, signal: new AbortController().signal, progress: () => undefined };
      await handleReadScan(runtime).run(context);
      await handleReadScan(runtime).run(context);
      const pages = await database.client.page.findMany({
        where: { scanId },
        orderBy: { part: "asc" },
        include: { _count: { select: { glyphs: true } } },
      });
      expect(pages.map(({ number, part, parts: of, card, _count }) => [number, part, of, card, _count.glyphs])).toEqual([
        [1, 1, 2, truths[0].code, 210],
        [1, 2, 2, truths[1].code, 210],
      ]);
    } finally {
      await runtime.remove();
    }
  });
});
