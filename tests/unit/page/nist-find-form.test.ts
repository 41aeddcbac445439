import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { applyHomography, type Homography } from "../../../lib/image/homography.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { warpGray } from "../../../lib/image/warp.ts";
import { findNistForm } from "../../../lib/page/nist-find-form.ts";
import { NIST_PAGE } from "../../../lib/page/nist-form.ts";
import { makeUpright } from "../../../lib/page/nist-upright-page.ts";
import { drawNistForm } from "../../support/draw-nist-form.ts";

function blank(width: number = NIST_PAGE.width, height: number = NIST_PAGE.height): GrayImage {
  return { width, height, data: new Uint8Array(width * height).fill(255) };
}

const form = drawNistForm();

/** Largest distance of the found form's corners from where they were drawn. */
function error(image: GrayImage, formToImage: Homography): number {
  const found = findNistForm(image);
  if (found === null) return Number.POSITIVE_INFINITY;
  return Math.max(
    ...[
      { x: 212, y: 502 },
      { x: 2300, y: 502 },
      { x: 2300, y: 3094 },
      { x: 212, y: 3094 },
    ].map((corner) => {
      const p = applyHomography(found.formToImage, corner);
      const q = applyHomography(formToImage, corner);
      return Math.hypot(p.x - q.x, p.y - q.y);
    }),
  );
}

function turned(degrees: number, scale = 1): { image: GrayImage; map: Homography } {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const width = Math.ceil(Math.abs(c) * 2560 + Math.abs(s) * 3300);
  const height = Math.ceil(Math.abs(s) * 2560 + Math.abs(c) * 3300);
  const map = Float64Array.of(c, -s, width / 2 - c * 1280 + s * 1650, s, c, height / 2 - s * 1280 - c * 1650, 0, 0, 1);
  const determinant = scale * scale;
  const back = Float64Array.of(c / determinant, s / determinant, 0, -s / determinant, c / determinant, 0, 0, 0, 1);
  const zero = applyHomography(map, { x: 0, y: 0 });
  back[2] = -(back[0] * zero.x + back[1] * zero.y);
  back[5] = -(back[3] * zero.x + back[4] * zero.y);
  return { image: warpGray(form, back, width, height), map };
}

describe("findNistForm", () => {
  it.each([0, 3, -4, 90, 180, 270, 37])("finds the form turned by %d degrees", (degrees) => {
    const { image, map } = turned(degrees);
    expect(error(image, map)).toBeLessThan(3);
    const found = findNistForm(image);
    const upright = found && makeUpright(image, found);
    const difference = (((((upright?.rotationDeg ?? 999) - degrees) % 360) + 540) % 360) - 180;
    expect(Math.abs(difference)).toBeLessThan(0.2);
    expect(upright?.native).toBe(degrees !== 37);
  });

  it.each([0.4, 0.667, 1.5])("finds it at %d of 300 dpi", (scale) => {
    const { image, map } = turned(1, scale);
    expect(error(image, map)).toBeLessThan(3);
  });

  it("finds it with its lines broken by 7,000 holes of 1 mm", () => {
    const rng = new Rng(5);
    const holed = { ...form, data: form.data.slice() };
    for (let n = 0; n < 7000; n++) {
      const x = rng.int(2548);
      const y = rng.int(3288);
      for (let row = y; row < y + 12; row++) holed.data.fill(255, row * 2560 + x, row * 2560 + x + 12);
    }
    expect(error(holed, Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1))).toBeLessThan(4);
  });

  it("finds nothing on a blank page, in noise, on a grid", () => {
    expect(findNistForm(blank())).toBeNull();
    const rng = new Rng(3);
    expect(findNistForm({ width: 1300, height: 1650, data: Uint8Array.from({ length: 1300 * 1650 }, () => rng.int(256)) })).toBeNull();
    const grid = blank();
    for (let y = 100; y < 3200; y += 60) for (let k = 0; k < 6; k++) grid.data.fill(0, (y + k) * 2560 + 100, (y + k) * 2560 + 2460);
    for (let x = 100; x < 2460; x += 60) for (let y = 100; y < 3180; y++) grid.data.fill(0, y * 2560 + x, y * 2560 + x + 6);
    expect(findNistForm(grid)).toBeNull();
  });
});
