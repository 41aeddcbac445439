import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { CAMERAS } from "../../../lib/simulate/cameras.ts";
import { photographPages } from "../../../lib/simulate/photograph-pages.ts";
import type { Scene, Sheet } from "../../../lib/simulate/scene.ts";

/** A page with black and white bars of 3 mm, so that contrast and edges can be measured anywhere on it; half of A4, 100 dpi. */
const PX = 100 / 25.4;
const bars = { width: 584, height: 827, data: new Uint8Array(584 * 827) };
for (let i = 0; i < bars.data.length; i++) bars.data[i] = Math.floor((i % 584) / 12) % 2 === 0 ? 255 : 40;
const white = { ...bars, data: new Uint8Array(bars.data.length).fill(255) };

const plain: Scene = { ...CAMERAS.pinhole, widthPx: 600, heightPx: 800, tiltDeg: [0, 0], turnDeg: [0, 0], fill: [0.9, 0.9] };

function shoot(scene: Partial<Scene>, sheet: Partial<Sheet> = {}, seed = 3) {
  const { image, pages } = photographPages([{ image: bars, pxPerMm: [PX, PX], ...sheet }], { ...plain, ...scene }, new Rng(seed));
  const at = (xMm: number, yMm: number, c = 1) => {
    const p = pages[0].project({ x: xMm * PX, y: yMm * PX });
    return image.data[(Math.floor(p.y) * image.width + Math.floor(p.x)) * 3 + c];
  };
  /** Levels of a channel over a square of the page, in mm. */
  const patch = (xMm: number, yMm: number, sizeMm: number, c = 1) => {
    const levels: number[] = [];
    for (let y = 0; y < sizeMm; y += 0.25) for (let x = 0; x < sizeMm; x += 0.25) levels.push(at(xMm + x, yMm + y, c));
    return levels;
  };
  return { image, pages, at, patch };
}

const mean = (levels: readonly number[]) => levels.reduce((a, b) => a + b, 0) / levels.length;
const deviation = (levels: readonly number[]) => {
  const middle = mean(levels);
  return Math.sqrt(mean(levels.map((v) => (v - middle) ** 2)));
};
const sheetWhite = { image: white };

describe("photographPages: optics and processing", () => {
  it("is repeatable, and an absent parameter changes nothing", () => {
    const all: Partial<Scene> = { clutter: [3, 5], glare: { strength: [0.5, 0.5], radius: [0.1, 0.1] }, chromaNoise: [2, 4], noise: 4 };
    expect(Buffer.from(shoot(all).image.data).equals(Buffer.from(shoot(all).image.data))).toBe(true);
    expect(Buffer.from(shoot({}).image.data).equals(Buffer.from(shoot({ denoise: [0, 0], defocusPx: [0, 0] }).image.data))).toBe(true);
  });

  it("defocuses one part of the page and leaves another sharp", () => {
    const { patch } = shoot({ defocusPx: [8, 8] });
    const contrasts = [5, 60, 120].flatMap((x) => [5, 90, 190].map((y) => deviation(patch(x, y, 12))));
    expect(Math.max(...contrasts)).toBeGreaterThan(85);
    expect(Math.min(...contrasts)).toBeLessThan(60);
  });

  it("blurs light rather than levels where asked: edges stay in place, their middle is brighter", () => {
    const levels = (linearLight: boolean) => mean(shoot({ blurPx: [4, 4], linearLight }).patch(40, 60, 20));
    expect(levels(true) - levels(false)).toBeGreaterThan(15);
    expect(
      Math.abs(mean(shoot({ linearLight: true }, sheetWhite).patch(40, 60, 20)) - mean(shoot({}, sheetWhite).patch(40, 60, 20))),
    ).toBeLessThan(2);
  });

  it("sharpens with a halo brighter than the paper", () => {
    const level = (scene: Partial<Scene>) => Math.max(...shoot({ paperLevel: [180, 180], ...scene }).patch(40, 60, 20));
    expect(level({ sharpen: { amount: [1, 1], px: [1.5, 1.5] } })).toBeGreaterThan(level({}) + 15);
  });

  it("adds blotches of colour, which the noise filter lessens", () => {
    const chroma = (scene: Partial<Scene>) => {
      const { patch } = shoot({ paperLevel: [180, 180], ...scene }, sheetWhite);
      const [r, b] = [patch(40, 60, 20, 0), patch(40, 60, 20, 2)];
      return deviation(r.map((v, i) => v - b[i]));
    };
    expect(chroma({})).toBeLessThan(1);
    expect(chroma({ chromaNoise: [6, 6] })).toBeGreaterThan(6);
    expect(chroma({ chromaNoise: [6, 6], denoise: [1, 1], noise: 4 })).toBeLessThan(chroma({ chromaNoise: [6, 6], noise: 4 }) * 0.8);
  });

  it("casts a shadow with an edge, a glare that hides print, and light of two colours", () => {
    const light = (scene: Partial<Scene>) => shoot({ paperLevel: [180, 180], ...scene }, sheetWhite).patch(5, 5, 130);
    const shaded = light({ hardShadow: { depth: [0.5, 0.5], softPx: [6, 6] } });
    expect(shaded.filter((v) => v < 110).length / shaded.length).toBeGreaterThan(0.05);
    expect(shaded.filter((v) => v > 170).length / shaded.length).toBeGreaterThan(0.2);
    const glaring = shoot({ glare: { strength: [1, 1], radius: [0.15, 0.15] } }).patch(5, 5, 130);
    expect(glaring.filter((v) => v >= 254).length).toBeGreaterThan(
      1.5 *
        shoot({})
          .patch(5, 5, 130)
          .filter((v) => v >= 254).length +
        1000,
    );
    const one: Scene["cast"] = [
      [1, 1],
      [0.9, 0.9],
      [0.6, 0.6],
    ];
    const warm = shoot({ paperLevel: [180, 180], cast: one, secondCast: [one[2], one[1], one[0]] }, sheetWhite);
    const balance = (x: number) => mean(warm.patch(x, 100, 4, 0)) - mean(warm.patch(x, 100, 4, 2));
    expect(Math.sign(balance(5))).toBe(-Math.sign(balance(138)));
  });
});

describe("photographPages: things and lost paper", () => {
  it.each(["finger", "coin", "pen", "note"] as const)("hides the page under a %s", (kind) => {
    const seen = shoot({}, { ...sheetWhite, covers: [{ kind, atMm: { x: 70, y: 100 }, turnDeg: 0 }] });
    const open = shoot({}, sheetWhite);
    const colours = [0, 1, 2].map((c) => Math.abs(mean(seen.patch(64, 98, 5, c)) - mean(open.patch(64, 98, 5, c))));
    expect(Math.max(...colours)).toBeGreaterThan(20);
    expect(seen.at(20, 180)).toBe(open.at(20, 180));
  });

  it("shows the desk through a torn corner and the paper's back over a folded one", () => {
    const lost = (how: "torn" | "folded") => shoot({ desk: "black" }, { corners: [{ corner: "bottomRight", how, sizeMm: [30, 30] }] });
    const [torn, folded] = [lost("torn"), lost("folded")];
    expect(Math.max(...torn.patch(140, 202, 5))).toBeLessThan(60);
    expect(deviation(torn.patch(119, 182, 8))).toBeGreaterThan(50);
    expect(Math.max(...folded.patch(140, 202, 5))).toBeLessThan(60);
    expect(deviation(folded.patch(123, 186, 5))).toBeLessThan(5);
  });

  it("paints things beside the page, and desks from white to black", () => {
    const corner = (desk: Scene["desk"], clutter: [number, number]) => {
      const { data } = shoot({ desk, clutter, fill: [0.5, 0.5] }).image;
      return data.filter((_, i) => i % 3 === 1);
    };
    expect(mean([...corner("white", [0, 0])])).toBeGreaterThan(mean([...corner("black", [0, 0])]) + 100);
    const [empty, full] = [corner("slate", [0, 0]), corner("slate", [9, 9])];
    expect(full.filter((v, i) => Math.abs(v - empty[i]) > 30).length / full.length).toBeGreaterThan(0.03);
  });

  it("moves a part of the page out of the frame", () => {
    const { pages } = shoot({ frameShift: [0.3, 0.3] });
    const corners = [0, 584].flatMap((x) => [0, 827].map((y) => pages[0].project({ x, y })));
    const outside = corners.filter(({ x, y }) => x < 0 || y < 0 || x > 600 || y > 800);
    expect(outside.length).toBeGreaterThan(0);
    expect(outside.length).toBeLessThan(4);
  });

  it("shows a screen's pixels: bluish, and a pattern on what should be white", () => {
    const screen = { pitchMm: [0.6, 0.6], contrast: [0.3, 0.3], banding: [0, 0] } as const;
    const lit = shoot({ screen, paperLevel: [180, 180] }, sheetWhite);
    const paper = shoot({ paperLevel: [180, 180] }, sheetWhite);
    expect(deviation(paper.patch(40, 60, 20))).toBeLessThan(1);
    expect(deviation(lit.patch(40, 60, 20))).toBeGreaterThan(8);
    expect(mean(lit.patch(40, 60, 20, 2)) / mean(lit.patch(40, 60, 20, 0))).toBeGreaterThan(1.08);
  });
});
