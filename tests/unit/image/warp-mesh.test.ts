import { describe, expect, it } from "vitest";
import type { Point } from "../../../lib/core/geometry.ts";
import { applyHomography } from "../../../lib/image/homography.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { warpGray } from "../../../lib/image/warp.ts";
import { warpGrayMeshReference } from "../../../lib/image/warp-mesh.reference.ts";
import { warpGrayMesh } from "../../../lib/image/warp-mesh.ts";

/** Smooth, so that a tenth of a px shows as a level or two. */
const source: GrayImage = {
  width: 300,
  height: 240,
  data: Uint8Array.from({ length: 300 * 240 }, (_, i) => 128 + 60 * Math.sin((i % 300) / 9) + 60 * Math.cos(Math.floor(i / 300) / 7)),
};

describe("warpGrayMesh", () => {
  it("agrees with warpGray on homographies, also where the source is averaged first", () => {
    for (const [h, w, height] of [
      [Float64Array.of(1.02, 0.1, 5.3, -0.08, 0.97, 12.7, 1e-5, -2e-5, 1), 250, 190],
      [Float64Array.of(2.1, 0, 3, 0, 2.1, 2, 0, 0, 1), 130, 100],
      [Float64Array.of(0.5, 0.2, -20, -0.2, 0.5, 60, 0, 0, 1), 333, 222],
    ] as const) {
      const expected = warpGray(source, h, w, height);
      const got = warpGrayMesh(source, (p) => applyHomography(h, p), w, height);
      const worst = got.data.reduce((most, value, i) => Math.max(most, Math.abs(value - expected.data[i])), 0);
      expect(worst).toBeLessThanOrEqual(2);
    }
  });

  it.each([
    ["nearly level, inside", (p: Point) => ({ x: 20 + p.x + Math.sin(p.y / 60), y: 9 + p.y + 2 * Math.cos(p.x / 70) }), 250, 200],
    ["bent, over all edges", (p: Point) => ({ x: p.x - 9 + 6 * Math.sin(p.y / 60), y: p.y - 7 + 4 * Math.cos(p.x / 70) }), 318, 251],
    ["coarser, and to the left", (p: Point) => ({ x: 290 - 1.3 * p.x, y: 1.3 * p.y + 0.02 * p.x }), 203, 161],
    ["finer, a quarter turned", (p: Point) => ({ x: 20 + 0.4 * p.y + 0.01 * p.x, y: 220 - 0.4 * p.x }), 333, 97],
    ["twice as coarse, not averaged", (p: Point) => ({ x: 1.49 * p.x, y: 20 + 1.49 * p.y + 0.003 * p.x }), 190, 30],
    ["smaller than a run", (p: Point) => ({ x: p.x + 3.3, y: p.y + 4.4 }), 5, 3],
  ] as const)("equals its plain reference ($0)", (_, map, width, height) => {
    const noisy = { ...source, data: source.data.map((grey, i) => grey ^ ((i * 2654435761) >>> 27)) };
    expect(warpGrayMesh(noisy, map, width, height).data).toEqual(warpGrayMeshReference(noisy, map, { width, height }).data);
  });

  it("takes each pixel from where a bent map says, white beyond the source", () => {
    const bent = (p: { x: number; y: number }) => ({ x: p.x + 6 * Math.sin(p.y / 60), y: p.y + 4 * Math.cos(p.x / 70) });
    const got = warpGrayMesh(source, bent, 300, 260);
    for (const [x, y] of [
      [40, 30],
      [150, 120],
      [260, 200],
    ]) {
      const p = bent({ x: x + 0.5, y: y + 0.5 });
      const value = 128 + 60 * Math.sin((p.x - 0.5) / 9) + 60 * Math.cos((p.y - 0.5) / 7);
      expect(Math.abs(got.data[y * 300 + x] - value)).toBeLessThan(4);
    }
    expect(got.data[259 * 300 + 150]).toBe(255);
  });
});
