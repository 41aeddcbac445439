import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { applyHomography } from "../../../lib/image/homography.ts";
import { scanPage } from "../../../lib/simulate/scan-page.ts";
import { type Binarization, SCANNERS, type Scanner } from "../../../lib/simulate/scanners.ts";
import { findDarkCentre, MARKS, markedPage } from "./marked-page.ts";

const pagePxPerMm = [200 / 25.4, 200 / 25.4] as const;

describe("scanPage", () => {
  it.each([
    ["flatbed300", 0],
    ["flatbed150", 90],
    ["flatbed200", 180],
    ["feeder300", 270],
    ["bilevel300", 0],
  ] as const)("%s turned by %i degrees maps marks right within half a pixel", (name, turnDeg) => {
    const { image, pageToImage } = scanPage(markedPage(), { ...SCANNERS[name], turnDeg }, { rng: new Rng(3), pagePxPerMm });
    const view = { ...image, at: (x: number, y: number) => image.data[y * image.width + x] };
    for (const mark of MARKS) {
      const expected = applyHomography(pageToImage, mark);
      const found = findDarkCentre(view, expected, 34);
      expect(Math.hypot(found.x - expected.x, found.y - expected.y)).toBeLessThan(0.5);
    }
  });

  it("has the size of the page at its resolution, sideways for a quarter turn", () => {
    const size = (scanner: (typeof SCANNERS)[keyof typeof SCANNERS], turnDeg: 0 | 90) => {
      const { image } = scanPage(markedPage(), { ...scanner, turnDeg }, { rng: new Rng(3), pagePxPerMm });
      return [image.width, image.height];
    };
    expect(size(SCANNERS.flatbed300, 0)).toEqual([2481, 3509]);
    expect(size(SCANNERS.flatbed150, 90)).toEqual([1754, 1241]);
  });

  it("writes black and white only in the 1-bit mode, three channels in colour", () => {
    const bilevel = scanPage(markedPage(), SCANNERS.bilevel300, { rng: new Rng(3), pagePxPerMm }).image;
    expect(bilevel.data.every((v) => v === 0 || v === 255)).toBe(true);
    const colour = scanPage(markedPage(), { ...SCANNERS.flatbed150, mode: "colour" }, { rng: new Rng(3), pagePxPerMm }).image;
    expect(colour.data.length).toBe(colour.width * colour.height * 3);
  });

  it("maps marks right through an uneven feeder, where a homography does not", () => {
    const scanner = {
      ...SCANNERS.flatbed150,
      speedWave: { share: [0.01, 0.01], periodMm: [110, 120] },
      slips: { count: [3, 3], mm: [0.4, 0.4] },
      bowMm: [0.5, 0.5],
    } as const;
    const { image, pageToImage, project } = scanPage(markedPage(), scanner, { rng: new Rng(3), pagePxPerMm });
    const view = { ...image, at: (x: number, y: number) => image.data[y * image.width + x] };
    let [worst, without] = [0, 0];
    for (const mark of MARKS) {
      const expected = project(mark);
      const found = findDarkCentre(view, expected, 20);
      const straight = applyHomography(pageToImage, mark);
      worst = Math.max(worst, Math.hypot(found.x - expected.x, found.y - expected.y));
      without = Math.max(without, Math.hypot(found.x - straight.x, found.y - straight.y));
    }
    expect(worst).toBeLessThan(0.5);
    expect(without).toBeGreaterThan(1.5);
  });

  it("keeps grey as shares of black in halftone and error diffusion, and finds faint ink with an adaptive threshold", () => {
    const page = { width: 400, height: 400, data: new Uint8Array(160_000).fill(200) };
    for (let y = 190; y < 210; y++) page.data.fill(150, y * 400 + 100, y * 400 + 300);
    const still = { ...SCANNERS.bilevel300, paperLevel: 255, blackLevel: 0, skewDeg: 0, shiftMm: 0, noise: 0, threshold: 128 };
    const share = (binarization: Binarization, from: number, to: number) => {
      const { image } = scanPage(page, { ...still, binarization }, { rng: new Rng(1), pagePxPerMm: [300 / 25.4, 300 / 25.4] });
      const rows = Array.from({ length: to - from }, (_, i) =>
        image.data.subarray((from + i) * image.width + 120, (from + i) * image.width + 280),
      );
      const levels = rows.flatMap((row) => [...row]);
      expect(levels.every((v) => v === 0 || v === 255)).toBe(true);
      return levels.filter((v) => v === 0).length / levels.length;
    };
    expect(share("threshold", 40, 140)).toBe(0);
    expect(share("threshold", 194, 206)).toBe(0);
    expect(share("adaptive", 40, 140)).toBe(0);
    expect(share("adaptive", 194, 206)).toBe(1);
    expect(Math.abs(share("errorDiffusion", 40, 140) - 55 / 255)).toBeLessThan(0.02);
    expect(Math.abs(share("halftone", 40, 140) - 55 / 255)).toBeLessThan(0.06);
  });

  it("draws lines of dirt along the way, specks, shade and colour fringes only when asked", () => {
    const white = { width: 600, height: 600, data: new Uint8Array(360_000).fill(255) };
    const still = { ...SCANNERS.flatbed300, paperLevel: 240, skewDeg: 0, shiftMm: 0, noise: 0 };
    const scan = (extra: Partial<Scanner>) =>
      scanPage(white, { ...still, ...extra }, { rng: new Rng(2), pagePxPerMm: [300 / 25.4, 300 / 25.4] }).image;
    expect(scan({}).data.every((v) => v === 240)).toBe(true);
    const dirty = scan({ streaks: { count: [1, 1], strength: [0.6, 0.6] } });
    const columns = new Set<number>();
    for (let i = 0; i < dirty.data.length; i++) if (dirty.data[i] !== 240) columns.add(i % dirty.width);
    expect(columns.size).toBeGreaterThan(0);
    expect(columns.size).toBeLessThan(7);
    const specks = scan({ dust: [400, 400] }).data.filter((v) => v < 200).length;
    expect(specks).toBeGreaterThan(20);
    expect(specks).toBeLessThan(5000);
    const { data, width } = scan({ shading: [0.1, 0.1] });
    expect(Math.abs(data[300 * width + 5] - data[300 * width + 594])).toBeGreaterThan(20);
    const fringed = scanPage(
      markedPage(),
      { ...SCANNERS.flatbed150, mode: "colour", colourShiftPx: [1, 1] },
      { rng: new Rng(3), pagePxPerMm },
    );
    let coloured = 0;
    for (let k = 0; k < fringed.image.data.length; k += 3) if (Math.abs(fringed.image.data[k] - fringed.image.data[k + 2]) > 60) coloured++;
    expect(coloured).toBeGreaterThan(50);
  });
});
