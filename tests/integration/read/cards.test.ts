import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import type { TemplateId } from "../../../lib/card/card-manifest.ts";
import type { DropOut } from "../../../lib/card/card-spec.ts";
import { type Homography, invertHomography } from "../../../lib/image/homography.ts";
import type { GrayImage, RgbImage } from "../../../lib/image/images.ts";
import { warpGray } from "../../../lib/image/warp.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../../lib/mlp/to-classifier.ts";
import { type ReadCardDeps, readCardPage } from "../../../lib/pipeline/read-card-page.ts";
import { readCodes } from "../../../lib/server/codec/read-codes.ts";
import { toPageRaster } from "../../../lib/server/codec/to-page-raster.ts";
import { createLineReader } from "../../../lib/server/ocr/line-reader.ts";
import { createOcrWorker } from "../../../lib/server/ocr/ocr-worker.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { scoreReading } from "../../support/score-reading.ts";
import { type SimulatedCardOptions, simulateCard } from "../../support/simulated-card.ts";

const classifier = toClassifier(decodeModel(readFileSync(join(import.meta.dirname, "../../../lib/mlp/starter/starter.ink"))));
const deps = { readCodes, classifier };

/** The whole page turned clockwise about its middle, on white. */
function turned(image: GrayImage, degrees: number): { image: GrayImage; toScan: Homography } {
  const a = (degrees * Math.PI) / 180;
  const [c, s] = [Math.cos(a), Math.sin(a)];
  const { width: w, height: h } = image;
  const width = Math.ceil(Math.abs(w * c) + Math.abs(h * s) - 1e-6);
  const height = Math.ceil(Math.abs(w * s) + Math.abs(h * c) - 1e-6);
  const toScan = Float64Array.of(c, -s, width / 2 - (c * w - s * h) / 2, s, c, height / 2 - (s * w + c * h) / 2, 0, 0, 1);
  return { image: degrees === 0 ? image : warpGray(image, invertHomography(toScan), width, height), toScan };
}

async function readFilled(
  template: TemplateId,
  options: SimulatedCardOptions & { turn: number; paper?: "a4" | "letter"; dropOut?: DropOut },
) {
  const { turn, paper = "a4", dropOut = "none", ...fill } = options;
  const custom = template === "custom" ? { custom: { characters: "0123456789+AaBb", repeats: 6, boxMm: 11 } } : {};
  const { pages, card } = await simulateCard({ template, paper, seed: 7, dropOut, ...custom }, fill);
  const [{ image, truth }] = pages;
  const { image: scan, toScan } = turned(image as GrayImage, turn);
  const reading = await readCardPage({ gray: scan, rgb: null }, deps);
  return { reading, card, scores: reading.status === "read" ? scoreReading(reading, truth, toScan) : [] };
}

/** Boxes right, of boxes, over all cases of a describe block. */
function tally(): { add: (scores: readonly { right: boolean }[]) => void; share: () => number } {
  let right = 0;
  let all = 0;
  return {
    add: (scores) => {
      right += scores.filter((score) => score.right).length;
      all += scores.length;
    },
    share: () => right / all,
  };
}

describe("own cards, rasterised from their PDF and filled with the simulated pen", () => {
  const boxes = tally();
  for (const [dpi, turns] of [
    [150, [0, 90, -7]],
    [200, [183]],
    [300, [263]],
  ] as const) {
    for (const turn of turns) {
      it(`digits at ${dpi} dpi, turned by ${turn} degrees`, async () => {
        const { reading, card, scores } = await readFilled("digits", {
          dpi,
          turn,
          seed: dpi + turn,
          writer: buildWriter(dpi + turn + 20),
          blankRate: 0.03,
          writerCode: null,
        });
        expect(reading.reason).toBeNull();
        expect(reading.card).toBe(card.code);
        expect(reading.registration?.scale).toBeCloseTo(dpi / 300, 2);
        expect(Math.abs((((reading.registration?.rotationDeg ?? 99) - turn + 540) % 360) - 180)).toBeLessThan(0.1);
        expect(scores).toHaveLength(210);
        boxes.add(scores);
      });
    }
  }

  it("has at least 99.9 % of the boxes right", () => {
    process.stderr.write(`boxes right: ${(100 * boxes.share()).toFixed(3)} %\n`);
    expect(boxes.share()).toBeGreaterThanOrEqual(0.999);
  });

  it("letters, custom cards and Letter paper", async () => {
    const others = tally();
    for (const [template, paper, dpi, turn] of [
      ["letters", "a4", 150, 90],
      ["letters", "letter", 300, 2],
      ["digits", "letter", 200, 180],
      ["custom", "a4", 200, -4],
      ["custom", "letter", 150, 270],
    ] as const) {
      const { reading, scores } = await readFilled(template, { paper, dpi, turn, seed: 3, writer: buildWriter(dpi + 7) });
      expect(reading.reason).toBeNull();
      others.add(scores);
    }
    expect(others.share()).toBeGreaterThanOrEqual(0.999);
  });

  it("undivided fields of the NIST template, with the writer code", async () => {
    const { reading, scores } = await readFilled("nist-hsf", { dpi: 300, turn: 1, writer: buildWriter(41), writerCode: "1234" });
    expect(reading.status).toBe("read");
    expect(reading.writer).toBe("1234");
    const digits = scores.filter((score) => /^f(0[3-9]|[12]\d|30)$/.test(score.field));
    expect(digits).toHaveLength(130);
    expect(digits.filter((score) => score.right).length).toBeGreaterThanOrEqual(129);
    expect(reading.fields.find((field) => field.name === "writer")?.glyphs).toEqual([]);
  });

  it("drop-out cards, in colour by the channel in which their print vanishes, and in grey", async () => {
    for (const dropOut of ["red", "green", "blue"] as const) {
      const { pages } = await simulateCard(
        { template: "digits", paper: "a4", seed: 9, dropOut },
        { dpi: 150, colour: true, writer: buildWriter(5, { ink: "black" }) },
      );
      const { image, truth } = pages[0] as { image: RgbImage; truth: (typeof pages)[0]["truth"] };
      const raster = toPageRaster(image.data, image.width, image.height, 3);
      expect(raster.rgb).not.toBeNull();
      for (const rgb of [raster.rgb, null]) {
        const reading = await readCardPage({ gray: raster.gray, rgb }, deps);
        expect(reading.reason).toBeNull();
        expect(scoreReading(reading, truth, Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)).filter((score) => !score.right)).toEqual([]);
      }
    }
  });

  it("reads the prompt as the label, blanks as blank, and tells a digit copied wrongly", async () => {
    const { pages } = await simulateCard(
      { template: "digits", paper: "a4", seed: 11, dropOut: "none" },
      { dpi: 200, errorRate: 0.2, blankRate: 0.1, writer: buildWriter(3, { sloppiness: 0.2, idiosyncrasy: 0.2 }) },
    );
    const [{ image, truth }] = pages;
    const reading = await readCardPage({ gray: image as GrayImage, rgb: null }, deps);
    const glyphs = reading.fields.flatMap((field) => field.glyphs);
    const written = truth.fields.filter((field) => field.kind === "digits").flatMap((field) => field.glyphs);
    expect(glyphs).toHaveLength(written.length);
    let caught = 0;
    let wrong = 0;
    glyphs.forEach((glyph, i) => {
      expect(glyph.status === "blank").toBe(written[i].written === null);
      expect(glyph.label).toBe(written[i].written === null ? null : written[i].prompt);
      if (written[i].written === null || written[i].written === written[i].prompt) return;
      wrong++;
      if (glyph.status === "mismatch") caught++;
    });
    expect(wrong).toBeGreaterThan(20);
    expect(caught / wrong).toBeGreaterThan(0.9);
  });
});

describe("cards that can't be read right", () => {
  async function page(): Promise<GrayImage> {
    const { pages } = await simulateCard({ template: "digits", paper: "a4", seed: 7, dropOut: "none" }, { dpi: 150 });
    const { width, height, data } = pages[0].image;
    return { width, height, data: data.slice() };
  }
  function cover(image: GrayImage, [x, y, w, h]: readonly number[], pxPerMm = 150 / 25.4): void {
    for (let row = Math.round(y * pxPerMm); row < Math.min(image.height, (y + h) * pxPerMm); row++) {
      image.data.fill(
        90,
        row * image.width + Math.round(x * pxPerMm),
        row * image.width + Math.min(image.width, Math.round((x + w) * pxPerMm)),
      );
    }
  }

  const outcome = async (image: GrayImage, more: Partial<ReadCardDeps> = {}): Promise<string> => {
    const { status, reason } = await readCardPage({ gray: image, rgb: null }, { ...deps, ...more });
    return reason?.code ?? status;
  };

  it("reads a code with one finder pattern covered, or a quarter of it", async () => {
    for (const box of [
      [26, 268, 5, 5],
      [39, 266, 5, 20],
    ]) {
      const image = await page();
      cover(image, box);
      expect(await outcome(image)).toBe("read");
    }
  });

  it("reads the text code where the square one is covered, and refuses the page where that is covered too", async () => {
    const ocr = createOcrWorker();
    const readPrint = createLineReader(ocr);
    const image = await page();
    cover(image, [22, 262, 23, 26]);
    expect(await outcome(image)).toBe("code-unreadable");
    const reading = await readCardPage({ gray: image, rgb: null }, { ...deps, readPrint });
    expect(reading.reason).toBeNull();
    expect(reading.card).toBe(buildCard({ template: "digits", paper: "a4", seed: 7, dropOut: "none" }).code);
    // The text of a card with the same boxes and other digits: what is written does not fit it.
    const other = buildCard({ template: "digits", paper: "a4", seed: 8, dropOut: "none" }).code;
    expect(await outcome(image, { readPrint: () => Promise.resolve(other) })).toBe("code-unreadable");
    // Of a card with other boxes: what is printed does not.
    const letters = buildCard({ template: "letters", paper: "a4", seed: 8, dropOut: "none" }).code;
    expect(await outcome(image, { readPrint: () => Promise.resolve(letters) })).toBe("wrong-page");
    cover(image, [44, 262, 30, 10]);
    const { reason } = await readCardPage({ gray: image, rgb: null }, { ...deps, readPrint });
    expect(reason?.code).toBe("code-unreadable");
    expect(reason?.message).toMatch(/covered.*type the text code/);
    await ocr.close();
  });

  it("leaves boxes that something covers in doubt, and refuses the page where they are many", async () => {
    const image = await page();
    const { fields } = buildCard({ template: "digits", paper: "a4", seed: 7, dropOut: "none" }).pages[0];
    const [x, y, width, height] = fields[3].boxes[5];
    cover(image, [x - 1, y - 1, 2 * width + 4, height + 2]);
    const reading = await readCardPage({ gray: image, rgb: null }, deps);
    expect(reading.reason).toBeNull();
    expect(reading.quality?.hidden).toEqual([5, 6].map((index) => ({ field: fields[3].name, index, by: "cover" })));
    expect(reading.fields[3].glyphs.slice(4, 8).map((glyph) => glyph.status === "unsure")).toEqual([false, true, true, false]);
    expect(reading.quality?.linesSeen).toBeGreaterThan(0.97);
    expect(reading.quality?.blurMm).toBeLessThan(0.3);
    cover(image, [x - 1, y - 1, 100, 64]);
    const { reason } = await readCardPage({ gray: image, rgb: null }, deps);
    expect(reason?.code).toBe("low-quality");
    expect(reason?.message).toMatch(/^Something covers boxes 6 to 1\d of row 3, /);
  });

  it("reads on with one mark covered, and with two, right over the page; says so with three", async () => {
    const image = await page();
    const whole = await readCardPage({ gray: image, rgb: null }, deps);
    for (const corner of [
      [185, 8, 20, 20],
      [185, 270, 20, 20],
    ]) {
      cover(image, corner);
      const { reason, fields } = await readCardPage({ gray: image, rgb: null }, deps);
      expect(reason).toBeNull();
      fields.forEach((field, i) => {
        field.outline.forEach(([x, y], k) => {
          const [wholeX, wholeY] = whole.fields[i].outline[k];
          expect(Math.hypot(x - wholeX, y - wholeY)).toBeLessThan(2);
        });
      });
    }
    cover(image, [5, 5, 20, 20]);
    const { reason, card } = await readCardPage({ gray: image, rgb: null }, deps);
    expect(reason?.code).toBe("fiducials-missing");
    expect(reason?.message).toMatch(/1 of the card's four/);
    expect(card).not.toBeNull();
  });

  it("refuses a card that is too small in the picture", async () => {
    const image = await page();
    const small = warpGray(image, Float64Array.of(2, 0, 0, 0, 2, 0, 0, 0, 1), image.width >> 1, image.height >> 1);
    const { reason } = await readCardPage({ gray: small, rgb: null }, deps);
    expect(["low-resolution", "code-unreadable", "fiducials-missing"]).toContain(reason?.code);
  });
});
