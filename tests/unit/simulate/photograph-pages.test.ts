import { describe, expect, it } from "vitest";
import type { Point } from "../../../lib/core/geometry.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { applyHomography } from "../../../lib/image/homography.ts";
import type { RgbImage } from "../../../lib/image/images.ts";
import { CAMERAS } from "../../../lib/simulate/cameras.ts";
import type { PaperShape } from "../../../lib/simulate/paper-shape.ts";
import { photographPages } from "../../../lib/simulate/photograph-pages.ts";
import { SCENES, type Scene } from "../../../lib/simulate/scene.ts";
import { findDarkCentre, MARKS, markedPage } from "./marked-page.ts";

const pxPerMm = [200 / 25.4, 200 / 25.4] as const;
const still: Scene = { ...CAMERAS.pinhole, widthPx: 1500, heightPx: 2000, tiltDeg: [0, 35], turnDeg: [-180, 180] };
const green = (image: RgbImage) => ({ at: (x: number, y: number) => image.data[(y * image.width + x) * 3 + 1], ...image });
const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

const SHAPES: readonly [string, PaperShape][] = [
  ["flat", []],
  ["a corner lifted", [{ kind: "curl", towardsDeg: 45, heightMm: 20, lengthMm: 120 }]],
  ["an edge lifted", [{ kind: "curl", towardsDeg: 180, heightMm: 15, lengthMm: 70 }]],
  ["rolled", [{ kind: "roll", acrossDeg: 90, radiusMm: 450, up: "middle" }]],
  ["folded once", [{ kind: "fold", acrossDeg: 90, creases: [{ atShare: 0.5, angleDeg: 25 }] }]],
  [
    "folded as a letter",
    [
      {
        kind: "fold",
        acrossDeg: 90,
        creases: [
          { atShare: 0.33, angleDeg: 20 },
          { atShare: 0.67, angleDeg: -20 },
        ],
      },
    ],
  ],
  ["wavy", [{ kind: "waves", acrossDeg: 20, amplitudeMm: 2, lengthMm: 90, phaseDeg: 40 }]],
  [
    "rolled and a corner lifted",
    [
      { kind: "roll", acrossDeg: 0, radiusMm: 400, up: "edges" },
      { kind: "curl", towardsDeg: 225, heightMm: 10, lengthMm: 80 },
    ],
  ],
];

describe("photographPages", () => {
  it.each(SHAPES)("shows marks where its projection says within half a pixel: %s", (_, shape) => {
    const { image, pages } = photographPages([{ image: markedPage(), pxPerMm, shape }], still, new Rng(4));
    for (const mark of MARKS) {
      const expected = pages[0].project(mark);
      expect(distance(findDarkCentre(green(image), expected, 18), expected)).toBeLessThan(0.5);
    }
  });

  it("projects a flat sheet by its homography, and bends others away from it", () => {
    const page = { width: 165, height: 234, data: new Uint8Array(165 * 234).fill(255) };
    const far = (shape: PaperShape) => {
      const sheet = { image: page, pxPerMm: [20 / 25.4, 20 / 25.4] as const, shape };
      const [{ project, pageToImage }] = photographPages([sheet], { ...still, widthPx: 300, heightPx: 400 }, new Rng(4)).pages;
      const marks = MARKS.map(({ x, y }) => ({ x: x / 10, y: y / 10 }));
      return Math.max(...marks.map((mark) => distance(project(mark), applyHomography(pageToImage, mark))));
    };
    expect(far([])).toBeLessThan(1e-6);
    for (const [name, shape] of SHAPES.slice(1)) expect(far(shape), name).toBeGreaterThan(0.4);
  });

  it("photographs two cards on one desk, each with its own truth", () => {
    const sheets = [
      { image: markedPage(), pxPerMm, shape: SHAPES[1][1] },
      { image: markedPage(), pxPerMm, at: { xMm: 230, yMm: 20, turnDeg: 97 } },
    ];
    const { image, pages } = photographPages(sheets, { ...still, widthPx: 2400, heightPx: 1800, distortion: [0.01, 0.01] }, new Rng(9));
    for (const page of pages) {
      for (const mark of MARKS) {
        const expected = page.project(mark);
        expect(distance(findDarkCentre(green(image), expected, 14), expected)).toBeLessThan(0.5);
      }
    }
  });

  it("lights the two sides of a fold apart", () => {
    const shape: PaperShape = [{ kind: "fold", acrossDeg: 90, creases: [{ atShare: 0.5, angleDeg: 20 }] }];
    const white = { width: 1654, height: 2339, data: new Uint8Array(1654 * 2339).fill(255) };
    const step = (lamp: Scene["lamp"]) => {
      const scene: Scene = { ...SCENES.desk, ...CAMERAS.pinhole, widthPx: 600, heightPx: 800, tiltDeg: [0, 0], turnDeg: [0, 0], lamp };
      const { image, pages } = photographPages([{ image: white, pxPerMm, shape }], scene, new Rng(2));
      const level = (y: number) => {
        const p = pages[0].project({ x: 827, y });
        return green(image).at(Math.floor(p.x), Math.floor(p.y));
      };
      return Math.abs(level(700) - level(1600));
    };
    expect(step(undefined)).toBe(0);
    expect(step({ elevationDeg: [40, 40], ambient: [0.4, 0.4] })).toBeGreaterThan(10);
  });
});
