import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { viewBoxReference } from "../../../lib/pipeline/spoiled/view-box.reference.ts";
import { VIEW_CELLS, viewBox } from "../../../lib/pipeline/spoiled/view-box.ts";

const sum = (view: Float32Array): number => view.reduce((a, b) => a + b, 0);

describe("viewBox", () => {
  it("shows a full square in the middle 26 x 26 cells, each full", () => {
    const view = viewBox({ width: 104, height: 104, data: new Uint8Array(104 * 104).fill(1) });
    for (let y = 0; y < 28; y++)
      for (let x = 0; x < 28; x++) expect(view[28 * y + x]).toBeCloseTo(x > 0 && x < 27 && y > 0 && y < 27 ? 1 : 0, 5);
  });

  it("keeps the shape of what is narrow, and all of its ink, whatever its size", () => {
    for (const [width, height] of [
      [13, 130],
      [7, 71],
      [118, 31],
    ]) {
      const view = viewBox({ width, height, data: new Uint8Array(width * height).fill(1) });
      const scale = 26 / Math.max(width, height);
      expect(sum(view)).toBeCloseTo(width * height * scale * scale, 2);
      expect(Math.max(...view)).toBeLessThanOrEqual(1.00001);
      expect(view).toHaveLength(VIEW_CELLS);
    }
  });

  it("makes nothing larger than it is", () => {
    expect(sum(viewBox({ width: 3, height: 5, data: new Uint8Array(15).fill(1) }))).toBeCloseTo(15, 5);
  });

  it("is what the plain way makes, bit for bit, of ink of any size", () => {
    const rng = new Rng(5);
    for (let i = 0; i < 120; i++) {
      const [width, height] = [1 + rng.int(i < 60 ? 40 : 200), 1 + rng.int(i < 60 ? 40 : 200)];
      const share = rng.float();
      const data = Uint8Array.from({ length: width * height }, () => (rng.float() < share ? 1 : 0));
      expect(viewBox({ width, height, data })).toEqual(viewBoxReference({ width, height, data }));
    }
  });
});
