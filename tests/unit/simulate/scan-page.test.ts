import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { applyHomography } from "../../../lib/image/homography.ts";
import { scanPage } from "../../../lib/simulate/scan-page.ts";
import { SCANNERS } from "../../../lib/simulate/scanners.ts";
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
    const colour = scanPage(markedPage(), SCANNERS.flatbed300Colour, { rng: new Rng(3), pagePxPerMm }).image;
    expect(colour.data.length).toBe(colour.width * colour.height * 3);
  });
});
