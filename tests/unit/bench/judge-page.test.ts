import { describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import type { FieldReading, PageReading } from "../../../lib/pipeline/page-reading.ts";
import { rejectPage } from "../../../lib/pipeline/reject-page.ts";
import { fillCard } from "../../../lib/simulate/fill-card.ts";
import { toBinary } from "../../../lib/simulate/ink-mask.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import type { SheetTruth } from "../../../scripts/bench/corpus/corpus-kind.ts";
import { judgePage } from "../../../scripts/bench/corpus/judge-page.ts";

const DPI = 300;
const card = buildCard({ template: "digits", paper: "a4", seed: 3, dropOut: "none" });
const [width, height] = [Math.round((210 * DPI) / 25.4), Math.round((297 * DPI) / 25.4)];
const blank = { width, height, data: new Uint8Array(width * height).fill(255) };
const { truth } = fillCard(blank, card, 0, buildWriter(1), { rng: new Rng(1), blankRate: 0.05, writerCode: "0123" });
const sheet: SheetTruth = { card, pageIndex: 0, truth, project: (point) => point };

/** What a perfect reader would say of the page. */
function readPerfectly(): PageReading {
  const [sx, sy] = truth.pxPerMm;
  const outline = ([x, y, w, h]: readonly number[]): [number, number][] => [
    [x * sx, y * sy],
    [(x + w) * sx, y * sy],
    [(x + w) * sx, (y + h) * sy],
    [x * sx, (y + h) * sy],
  ];
  const fields = card.pages[0].fields.map((field, f): FieldReading => {
    const glyphs = truth.fields[f].glyphs.filter(({ prompt }) => prompt !== null);
    return {
      name: field.name,
      kind: field.kind,
      prompt: field.prompt,
      promptSource: "card",
      outline: outline(field.box),
      boxOutlines: field.boxes.map(outline),
      glyphs: glyphs.map(({ prompt, ink, inkPx }) =>
        ink && inkPx
          ? {
              bounds: inkPx,
              raw: toBinary(ink),
              image: normalizeGlyph(toBinary(ink)),
              label: prompt,
              status: "labelled",
              prediction: null,
            }
          : { bounds: [0, 0, 1, 1], raw: null, image: new Uint8Array(784), label: null, status: "blank", prediction: null },
      ),
    };
  });
  const page = rejectPage("no-card", "not so");
  return { ...page, status: "read", reason: null, template: "digits", card: card.code, writer: "0123", fields };
}

/** The perfect reading with the glyphs of the first `count` boxes changed. */
function spoil(count: number, change: (glyph: FieldReading["glyphs"][number]) => Partial<FieldReading["glyphs"][number]>): PageReading {
  const perfect = readPerfectly();
  let left = count;
  const fields = perfect.fields.map((field) => ({
    ...field,
    glyphs: field.glyphs.map((glyph) => (glyph.raw !== null && left-- > 0 ? { ...glyph, ...change(glyph) } : glyph)),
  }));
  return { ...perfect, fields };
}

describe("judgePage", () => {
  it("finds nothing wrong with a perfect reading", () => {
    const [verdict] = judgePage([readPerfectly()], [sheet]);
    expect(verdict).toMatchObject({ outcome: "read", faults: [], boxes: 210, boxesRight: 210, boxesWrong: 0 });
    expect(verdict.residualMm).toBeLessThan(1e-9);
  });

  it("bears that dirt smaller than a pen's dot, beside the ink in MNIST's images, is not in the reading; a larger piece has to be", () => {
    const lonely = (px: number): SheetTruth => {
      const add = <G extends (typeof truth.fields)[number]["glyphs"][number]>(glyph: G): G => {
        if (glyph.ink === null || glyph.prompt === null) return glyph;
        const { width: w, height: h, coverage } = glyph.ink;
        // A square below the ink, half as far again as the ink is high.
        const tall = new Uint8Array(w * (h + (h >> 1) + px));
        tall.set(coverage);
        for (let y = h + (h >> 1); y < h + (h >> 1) + px; y++) tall.fill(255, y * w, y * w + px);
        return { ...glyph, ink: { ...glyph.ink, height: h + (h >> 1) + px, coverage: tall } };
      };
      return { ...sheet, truth: { ...truth, fields: truth.fields.map((field) => ({ ...field, glyphs: field.glyphs.map(add) })) } };
    };
    expect(judgePage([readPerfectly()], [lonely(3)])[0]).toMatchObject({ outcome: "read", boxesRight: 210 });
    expect(judgePage([readPerfectly()], [lonely(8)])[0]).toMatchObject({ outcome: "wrong", faults: ["boxes"] });
  });

  it("calls another card, another writer and nothing at all wrong; no writer is not", () => {
    expect(judgePage([{ ...readPerfectly(), card: "X" }], [sheet])[0]).toMatchObject({ outcome: "wrong", faults: ["card"] });
    expect(judgePage([{ ...readPerfectly(), writer: "0124" }], [sheet])[0]).toMatchObject({ outcome: "wrong", faults: ["writer"] });
    expect(judgePage([{ ...readPerfectly(), writer: null }], [sheet])[0]).toMatchObject({ outcome: "read", faults: [] });
    expect(judgePage([readPerfectly()], [])[0]).toMatchObject({ outcome: "wrong", faults: ["nothing-there"] });
  });

  it("bears four wrong boxes of 210 and not five, however they are wrong, unless they are in doubt", () => {
    const elsewhere = (glyph: FieldReading["glyphs"][number]) => ({
      bounds: [glyph.bounds[0] + 60, glyph.bounds[1], glyph.bounds[2], glyph.bounds[3]] as const,
    });
    expect(judgePage([spoil(4, elsewhere)], [sheet])[0]).toMatchObject({ outcome: "read", boxesWrong: 4, boxesRight: 206 });
    expect(judgePage([spoil(5, elsewhere)], [sheet])[0]).toMatchObject({ outcome: "wrong", faults: ["boxes"] });
    expect(judgePage([spoil(5, () => ({ status: "blank" }))], [sheet])[0]).toMatchObject({ outcome: "wrong", boxesWrong: 5 });
    expect(judgePage([spoil(5, () => ({ label: "x" }))], [sheet])[0]).toMatchObject({ outcome: "wrong", boxesWrong: 5 });
    const half = (glyph: FieldReading["glyphs"][number]) => ({ image: glyph.image.map((value, i) => (i < 392 ? 0 : value)) });
    expect(judgePage([spoil(5, half)], [sheet])[0]).toMatchObject({ outcome: "wrong", boxesWrong: 5 });
    const inDoubt = judgePage([spoil(5, (glyph) => ({ ...half(glyph), status: "unsure" }))], [sheet])[0];
    expect(inDoubt).toMatchObject({ outcome: "read", boxesWrong: 0, boxesRight: 205 });
    // A clean box called crossed out is not right, but has no label; a mismatch keeps a label that a wrong picture must not have.
    const alarm = judgePage([spoil(5, () => ({ status: "crossed-out", label: null }))], [sheet])[0];
    expect(alarm).toMatchObject({ outcome: "read", boxesWrong: 0, boxesRight: 205 });
    expect(judgePage([spoil(5, (glyph) => ({ ...half(glyph), status: "mismatch" }))], [sheet])[0]).toMatchObject({ boxesWrong: 5 });
  });

  it("calls a box that lies three millimetres off misplaced", () => {
    const perfect = readPerfectly();
    const moved = (by: number): PageReading => ({
      ...perfect,
      fields: perfect.fields.map((field, f) =>
        f === 1
          ? { ...field, boxOutlines: field.boxOutlines.map((box) => box.map(([x, y]) => [x + (by * DPI) / 25.4, y] as const)) }
          : field,
      ),
    });
    expect(judgePage([moved(3)], [sheet])[0]).toMatchObject({ outcome: "wrong", faults: ["place"] });
    expect(judgePage([moved(1)], [sheet])[0]).toMatchObject({ outcome: "read" });
  });

  it("tells a refused page's reason, and a second card of which nothing is said", () => {
    expect(judgePage([rejectPage("low-quality", "Too dark.")], [sheet])[0]).toMatchObject({ outcome: "refused", reason: "low-quality" });
    const other = { ...sheet, card: buildCard({ template: "digits", paper: "a4", seed: 4, dropOut: "none" }) };
    expect(judgePage([readPerfectly()], [sheet, other])).toMatchObject([{ outcome: "read" }, { outcome: "refused", reason: "not-found" }]);
  });
});
