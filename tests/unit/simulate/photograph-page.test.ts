import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Point } from "../../../lib/core/geometry.ts";
import { Rng } from "../../../lib/core/rng.ts";
import type { RgbImage } from "../../../lib/image/images.ts";
import { CAMERAS } from "../../../lib/simulate/cameras.ts";
import { photographPage } from "../../../lib/simulate/photograph-page.ts";
import { findDarkCentre, MARKS, markedPage } from "./marked-page.ts";

const grey = (image: RgbImage) => ({ at: (x: number, y: number) => image.data[(y * image.width + x) * 3 + 1], ...image });
const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

describe("photographPage", () => {
  it.each([
    ["from above", { tiltDeg: [0, 0], turnDeg: [0, 0] }],
    ["tilted by 35 degrees", { tiltDeg: [35, 35], turnDeg: [-10, 10] }],
    ["upside down", { tiltDeg: [10, 10], turnDeg: [180, 180] }],
    ["turned by 73 degrees", { tiltDeg: [15, 15], turnDeg: [73, 73] }],
  ] as const)("maps marks right within half a pixel, %s", (_, pose) => {
    const { image, pageToImage, project } = photographPage(markedPage(), { ...CAMERAS.pinhole, ...pose }, new Rng(4));
    const [a, b, c, d, e, f, g, h, i] = pageToImage;
    for (const mark of MARKS) {
      const w = g * mark.x + h * mark.y + i;
      const expected = { x: (a * mark.x + b * mark.y + c) / w, y: (d * mark.x + e * mark.y + f) / w };
      expect(distance(project(mark), expected)).toBeLessThan(1e-9);
      expect(distance(findDarkCentre(grey(image), expected, 34), expected)).toBeLessThan(0.5);
    }
  });

  it("projects through the lens as it draws", () => {
    const camera = { ...CAMERAS.pinhole, distortion: [0.02, 0.02] as const };
    const { image, project } = photographPage(markedPage(), camera, new Rng(5));
    for (const mark of MARKS) expect(distance(findDarkCentre(grey(image), project(mark), 34), project(mark))).toBeLessThan(0.6);
  });

  it("keeps the whole page in the frame", () => {
    const page = { width: 210, height: 297, data: new Uint8Array(210 * 297).fill(255) };
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.constantFrom("phone", "phoneTilted", "phoneTurned", "phoneDim"), (seed, name) => {
        const camera = { ...CAMERAS[name], widthPx: 300, heightPx: 400 };
        const { project } = photographPage(page, camera, new Rng(seed));
        for (const corner of [
          { x: 0, y: 0 },
          { x: 210, y: 0 },
          { x: 210, y: 297 },
          { x: 0, y: 297 },
        ]) {
          const { x, y } = project(corner);
          expect(Math.min(x, y, 300 - x, 400 - y)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("shows a desk darker than the paper, and the light the camera asks for", () => {
    const page = { width: 620, height: 877, data: new Uint8Array(620 * 877).fill(255) };
    const { image, project } = photographPage(page, { ...CAMERAS.phone, widthPx: 600, heightPx: 800 }, new Rng(6));
    const level = (p: Point) => image.data[(Math.floor(p.y) * image.width + Math.floor(p.x)) * 3 + 1];
    expect(level(project({ x: 310, y: 438 }))).toBeGreaterThan(110);
    expect(level({ x: 1, y: 1 })).toBeLessThan(110);
  });

  it("repeats itself for a seed, and differs for another", () => {
    const shoot = (seed: number) =>
      photographPage(markedPage(), { ...CAMERAS.phoneDim, widthPx: 600, heightPx: 800 }, new Rng(seed)).image.data;
    expect(Buffer.from(shoot(1)).equals(Buffer.from(shoot(1)))).toBe(true);
    expect(Buffer.from(shoot(1)).equals(Buffer.from(shoot(2)))).toBe(false);
  });
});
