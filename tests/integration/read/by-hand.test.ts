import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeCardCode } from "../../../lib/card/card-code.ts";
import type { Card } from "../../../lib/card/card-manifest.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../../lib/mlp/to-classifier.ts";
import type { HandCorners } from "../../../lib/page/register-by-hand.ts";
import type { ByHand } from "../../../lib/pipeline/locate-by-hand.ts";
import type { PageReading } from "../../../lib/pipeline/page-reading.ts";
import { readCardPage } from "../../../lib/pipeline/read-card-page.ts";
import { readCodes } from "../../../lib/server/codec/read-codes.ts";
import type { PageTruth } from "../../../lib/simulate/page-truth.ts";
import { scoreReading } from "../../support/score-reading.ts";
import { simulateCard } from "../../support/simulated-card.ts";

const PX_PER_MM = 150 / 25.4;
const IDENTITY = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

describe("a page read by hand", () => {
  const classifier = toClassifier(decodeModel(readFileSync(join(import.meta.dirname, "../../../lib/mlp/starter/starter.ink"))));
  let card: Card;
  let truth: PageTruth;
  let whole: GrayImage;
  beforeAll(async () => {
    const made = await simulateCard({ template: "digits", paper: "a4", seed: 7, dropOut: "none" }, { dpi: 150 });
    card = made.card;
    truth = made.pages[0].truth;
    whole = made.pages[0].image as GrayImage;
  });

  const read = (image: GrayImage, byHand: ByHand): Promise<PageReading> =>
    readCardPage({ gray: image, rgb: null }, { readCodes, classifier, byHand });
  const rightBoxes = (reading: PageReading): number => scoreReading(reading, truth, IDENTITY).filter((score) => score.right).length;

  /** The page with the marks of these ids, and the square code, under dark paper. */
  function cover(ids: readonly number[], code: boolean): GrayImage {
    const data = whole.data.slice();
    const { fiducials, codeBox } = card.pages[0];
    const boxes = fiducials.filter(({ id }) => ids.includes(id)).map(({ xMm, yMm }) => [xMm - 7, yMm - 7, 14, 14]);
    if (code) boxes.push([...codeBox]);
    for (const box of boxes) {
      const [x, y, w, h] = box.map((mm) => Math.round(mm * PX_PER_MM));
      for (let row = y; row < Math.min(whole.height, y + h); row++) data.fill(90, row * whole.width + x, row * whole.width + x + w);
    }
    return { ...whole, data };
  }

  /** Where the marks' centres are, each moved by so many mm. */
  function corners(moves: readonly (readonly [number, number])[]): HandCorners {
    const [a, b, c, d] = card.pages[0].fiducials.map(({ xMm, yMm }, i) => {
      const [dx, dy] = moves[i % moves.length];
      return { x: (xMm + dx) * PX_PER_MM, y: (yMm + dy) * PX_PER_MM };
    });
    return [a, b, c, d];
  }

  const UNSTEADY = [
    [0.8, -0.6],
    [-0.9, 0.5],
    [0.4, 1],
    [-0.7, -0.8],
  ] as const;

  it("is read right where no mark and no code can be seen, from corners a millimetre off and the typed code", async () => {
    const reading = await read(cover([0, 1, 2, 3], true), { corners: corners(UNSTEADY), code: card.code.toLowerCase() });
    expect(reading.reason).toBeNull();
    expect(reading.card).toBe(card.code);
    expect(rightBoxes(reading)).toBe(210);
    // Measured on the lines: marks that were made up would fit themselves without any error.
    expect(reading.registration?.residualPx).toBeGreaterThan(0.05);
    expect(reading.registration?.residualPx).toBeLessThan(1);
  });

  it("takes the marks that are there, though the corners were set as the picture lies and not as the card is printed", async () => {
    const [a, b, c, d] = corners([[1.5, -1]]);
    const reading = await read(cover([1, 3], false), { corners: [c, d, a, b] });
    expect(reading.reason).toBeNull();
    expect(rightBoxes(reading)).toBe(210);
  });

  it("is refused, not read wrong, with corners that are off by one box and row, or upside down", async () => {
    const bare = cover([0, 1, 2, 3], true);
    const { boxes, box } = card.pages[0].fields[2];
    const [across, down] = [boxes[1][0] - boxes[0][0], card.pages[0].fields[3].box[1] - box[1]];
    const [a, b, c, d] = corners(UNSTEADY);
    for (const wrong of [corners([[across, down]]), [c, d, a, b] as const]) {
      const { reason } = await read(bare, { corners: wrong, code: card.code });
      expect(reason?.code).toBe("fiducials-missing");
      expect(reason?.message).toMatch(/printed lines.*Drag each corner/s);
    }
    const crossed = await read(bare, { corners: [a, c, b, d], code: card.code });
    expect(crossed.reason?.message).toMatch(/clockwise/);
  });

  it("refuses a typed code that fails its check, or that the printed code contradicts", async () => {
    const wrong = card.code.replace(/.$/, (last) => (last === "2" ? "3" : "2"));
    expect((await read(whole, { code: wrong })).reason).toMatchObject({
      code: "code-invalid",
      message: expect.stringContaining("does not pass its check") as string,
    });
    const other = encodeCardCode({ template: "digits", paper: "a4", seed: 8, dropOut: "none" });
    expect((await read(whole, { code: other })).reason?.message).toContain(`${card.code}, but ${other} was typed`);
    expect((await read(whole, { code: `${card.code}/2` })).reason?.message).toContain("one page");
  });
});
