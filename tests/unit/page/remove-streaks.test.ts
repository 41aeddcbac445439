import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { findStreaks } from "../../../lib/page/find-streaks.ts";
import { removeStreaks } from "../../../lib/page/remove-streaks.ts";

const [W, H] = [620, 877];
const PAPER = 240;
const INK = 30;

/** A page of 75 dpi with a printed frame 40 px from its edges, a stroke across at y = 500 and down at x = 200, and the paper's noise. */
function drawPage(): GrayImage {
  const rng = new Rng(7);
  const data = new Uint8Array(W * H);
  for (let y = 0; y < H; y++) {
    for (let x = 0; x < W; x++) {
      const inFrame = x >= 40 && x < W - 40 && y >= 40 && y < H - 40;
      const onFrame = inFrame && (x < 42 || x >= W - 42 || y < 42 || y >= H - 42);
      const onStroke = (y >= 500 && y < 504 && x > 250 && x < 400) || (x >= 200 && x < 204 && y > 300 && y < 420);
      data[y * W + x] = (onFrame || onStroke ? INK : PAPER) + Math.round(2 * rng.normal());
    }
  }
  return { width: W, height: H, data };
}

/** Dirt of two columns from `x` on that takes the share `loss` of the light, more and less of it along the way. */
function dirty(page: GrayImage, x: number, loss: number): GrayImage {
  const data = page.data.slice();
  for (let y = 0; y < H; y++)
    for (const at of [x, x + 1]) data[y * W + at] = Math.round(data[y * W + at]! * (1 - loss * (0.75 + 0.25 * Math.sin(y / 90))));
  return { ...page, data };
}

function turned({ width, height, data }: GrayImage): GrayImage {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + y] = data[y * width + x]!;
  return { width: height, height: width, data: out };
}

describe("lines of dirt along the whole scan", () => {
  const clean = drawPage();

  it("are found at their place, down and across", () => {
    const places = (image: GrayImage): unknown => findStreaks(image).map(({ along, from, left }) => ({ along, from, width: left.length }));
    const page = dirty(dirty(clean, 300, 0.15), 480, 0.6);
    expect(places(page)).toEqual([
      { along: "y", from: 300, width: 2 },
      { along: "y", from: 480, width: 2 },
    ]);
    expect(places(turned(page))).toEqual([
      { along: "x", from: 300, width: 2 },
      { along: "x", from: 480, width: 2 },
    ]);
  });

  it("are neither a printed frame nor strokes, and a page without any is returned as it is", () => {
    const raster = { gray: clean, rgb: null };
    expect(removeStreaks(raster)).toBe(raster);
  });

  it("are taken out, and what crosses them or lies beside them stays", () => {
    const { gray } = removeStreaks({ gray: dirty(dirty(clean, 300, 0.6), 206, 0.4), rgb: null });
    let furthest = 0;
    for (const [i, value] of gray.data.entries()) furthest = Math.max(furthest, Math.abs(value - clean.data[i]!));
    // The paper's noise grows by as much as the light does.
    expect(furthest).toBeLessThan(0.1 * PAPER);
  });

  it("that let nothing through are made up from both sides", () => {
    const { gray } = removeStreaks({ gray: dirty(clean, 300, 1), rgb: null });
    expect(gray.data[450 * W + 300]).toBeGreaterThan(0.95 * PAPER);
    expect(gray.data[502 * W + 300]).toBeLessThan(2 * INK);
  });
});
