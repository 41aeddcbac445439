import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { fitPaper, fitScale } from "../../../lib/simulate/fit-paper.ts";
import { PAPERS, showThrough, tintPaper } from "../../../lib/simulate/tint-paper.ts";
import { copyPage, wearPrint } from "../../../lib/simulate/wear-print.ts";
import { findDarkCentre, MARKS, markedPage } from "./marked-page.ts";

const PX = 200 / 25.4;

/** 40 x 40 mm at 200 dpi with a vertical line 0.5 mm wide in the middle. */
function linePage(): GrayImage {
  const page = { width: 315, height: 315, data: new Uint8Array(315 * 315).fill(255) };
  for (let y = 0; y < 315; y++) page.data.fill(0, y * 315 + 155, y * 315 + 159);
  return page;
}

const blank = { width: 315, height: 315, data: new Uint8Array(315 * 315).fill(255) };
/** Mean darkness of a row in px: the line's width. */
const lineWidth = (page: GrayImage) => page.data.reduce((sum, v) => sum + (255 - v) / 255, 0) / page.height;

describe("fitPaper", () => {
  it.each([
    ["A4 on Letter", [215.9, 279.4], fitScale([210, 297], [215.9, 279.4]), [0, 0]],
    ["at 110 %, cut by the sheet", [210, 297], 1.1, [0, 0]],
    ["at 90 %, shifted", [210, 297], 0.9, [4, -6]],
  ] as const)("puts marks where it says: %s", (_, paperMm, scale, shiftMm) => {
    const { image, toPaper } = fitPaper(markedPage(), { pxPerMm: [PX, PX], paperMm, scale, shiftMm });
    expect([image.width, image.height]).toEqual(paperMm.map((mm) => Math.round(mm * PX)));
    const view = { ...image, at: (x: number, y: number) => image.data[y * image.width + x] };
    for (const mark of MARKS) {
      const expected = toPaper(mark);
      const found = findDarkCentre(view, expected, 20);
      expect(Math.hypot(found.x - expected.x, found.y - expected.y)).toBeLessThan(0.1);
    }
  });
});

describe("wearPrint and copyPage", () => {
  it("prints fainter with less toner, in bands and with specks missing", () => {
    const none = { fade: 0, bands: 0, voids: 0 };
    expect(lineWidth(wearPrint(linePage(), { ...none, fade: 0.4 }, PX, new Rng(1)))).toBeCloseTo(0.6 * 4, 1);
    const dark = { width: 315, height: 315, data: new Uint8Array(315 * 315) };
    const share = (voids: number) =>
      wearPrint(dark, { ...none, voids }, PX, new Rng(1)).data.filter((v) => v > 128).length / dark.data.length;
    expect(share(0)).toBe(0);
    expect(Math.abs(share(0.1) - 0.1)).toBeLessThan(0.06);
    const banded = wearPrint(dark, { ...none, bands: 0.6 }, PX, new Rng(1)).data.subarray(0, 315);
    expect(Math.max(...banded)).toBeGreaterThan(80);
    expect(Math.min(...banded)).toBe(0);
    expect(wearPrint(linePage(), none, PX, new Rng(1)).data).toEqual(linePage().data);
  });

  it("thickens lines in a dark copy and thins them in a light one", () => {
    const width = (spreadMm: number) => lineWidth(copyPage(linePage(), { spreadMm, fog: 0, specks: 0 }, PX, new Rng(1)));
    expect(width(0.1) - width(0)).toBeGreaterThan(0.8);
    expect(width(0) - width(-0.1)).toBeGreaterThan(0.8);
    const foggy = copyPage(blank, { spreadMm: 0, fog: 0.1, specks: 3000 }, PX, new Rng(1)).data;
    expect(foggy.filter((v) => v < 50).length).toBeGreaterThan(10);
    expect(foggy.filter((v) => v > 215 && v < 245).length / foggy.length).toBeGreaterThan(0.8);
  });
});

describe("tintPaper and showThrough", () => {
  it("colours the paper and keeps print dark on it", () => {
    for (const [name, paper] of Object.entries(PAPERS)) {
      const { data } = tintPaper(linePage(), paper, PX, new Rng(1));
      for (let c = 0; c < 3; c++) {
        const levels = Array.from({ length: 100 }, (_, y) => data[((y + 60) * 315 + 52) * 3 + c]);
        const level = levels.reduce((a, b) => a + b, 0) / 100;
        expect(Math.abs(level - paper.rgb[c]), name).toBeLessThan(12);
        expect(data[(100 * 315 + 157) * 3 + c]).toBeLessThan(10);
      }
    }
  });

  it("draws ruled and squared paper's lines and recycled paper's fibres", () => {
    const darker = (name: keyof typeof PAPERS, by: number) =>
      tintPaper(blank, PAPERS[name], PX, new Rng(1)).data.filter((v, i) => i % 3 === 0 && v < PAPERS[name].rgb[0] - by).length;
    expect(darker("white", 15)).toBe(0);
    expect(darker("ruled", 15)).toBeGreaterThan(3 * 315);
    expect(darker("grid", 15)).toBeGreaterThan(1.8 * darker("ruled", 15));
    expect(darker("recycled", 25)).toBeGreaterThan(20);
  });

  it("shows the other side mirrored", () => {
    const back = { ...blank, data: new Uint8Array(blank.data.length).fill(255) };
    for (let y = 100; y < 120; y++) back.data.fill(0, y * 315 + 20, y * 315 + 60);
    const seen = showThrough(blank, back, { strength: 0.3, blurMm: 0.1 }, PX);
    expect(seen.data[110 * 315 + 40]).toBe(255);
    expect(Math.abs(seen.data[110 * 315 + 275] - 0.7 * 255)).toBeLessThan(3);
  });
});
