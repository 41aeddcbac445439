import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rasterizeStrokes } from "../../../lib/glyph/rasterize-strokes.ts";

const area = (data: Uint8Array) => data.reduce((sum, value) => sum + value, 0);

describe("rasterizeStrokes", () => {
  it("leaves a disc of the pen's size for a tap", () => {
    const image = rasterizeStrokes([[{ x: 0.5, y: 0.5 }]], { side: 200, radius: 0.1 });
    // pi r^2 with r = 20 px
    expect(area(image.data)).toBeGreaterThan(1230);
    expect(area(image.data)).toBeLessThan(1284);
  });

  it("leaves a capsule for a straight line: 2 r l + pi r^2", () => {
    const line = [
      { x: 0.2, y: 0.5 },
      { x: 0.8, y: 0.5 },
    ];
    const image = rasterizeStrokes([line], { side: 200, radius: 0.05 });
    expect(Math.abs(area(image.data) - (2 * 10 * 120 + Math.PI * 100))).toBeLessThan(40);
  });

  it("never writes beyond the sheet, wherever the pen goes", () => {
    const point = fc.record({ x: fc.double({ min: -2, max: 3, noNaN: true }), y: fc.double({ min: -2, max: 3, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(fc.array(point, { minLength: 1, maxLength: 6 }), { maxLength: 4 }), (strokes) => {
        const image = rasterizeStrokes(strokes);
        expect(image.data).toHaveLength(70 * 70);
        expect(image.data.every((value) => value === 0 || value === 1)).toBe(true);
      }),
    );
  });

  it("inks the same pixels whichever way the pen went", () => {
    const there = [
      { x: 0.1, y: 0.2 },
      { x: 0.7, y: 0.9 },
    ];
    expect(rasterizeStrokes([there]).data).toEqual(rasterizeStrokes([there.toReversed()]).data);
  });

  it("refuses a sheet without pixels", () => {
    expect(() => rasterizeStrokes([], { side: 0 })).toThrow(/side must be/);
  });
});
