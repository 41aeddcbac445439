import { describe, expect, it } from "vitest";
import { inkStrokes, toBinary } from "../../../lib/simulate/ink-mask.ts";
import { findInkBounds } from "../../../lib/simulate/page-truth.ts";

const dot = { x: Float64Array.of(0), y: Float64Array.of(0), radius: Float64Array.of(0.5) };
const bar = { x: Float64Array.of(0, 3), y: Float64Array.of(0, 0), radius: Float64Array.of(0.5, 0.5) };
const sum = (coverage: Uint8Array) => coverage.reduce((a, b) => a + b, 0) / 255;

describe("inkStrokes", () => {
  it("covers a disc's area for a dot", () => {
    const mask = inkStrokes([dot], [12, 12], [10.03, 10.01]);
    expect(Math.abs(sum(mask.coverage) - Math.PI * 36)).toBeLessThan(1);
  });

  it("covers a rectangle with round ends for a straight stroke", () => {
    const mask = inkStrokes([bar], [12, 12], [10, 10]);
    expect(sum(mask.coverage) / (Math.PI * 36 + 36 * 12)).toBeCloseTo(1, 2);
  });

  it("lies where it was put", () => {
    const mask = inkStrokes([bar], [10, 10], [20, 30]);
    expect(findInkBounds(mask)).toEqual([195, 295, 40, 10]);
    expect(toBinary(mask).data.reduce((a, b) => a + b, 0)).toBeGreaterThan(350);
  });
});
