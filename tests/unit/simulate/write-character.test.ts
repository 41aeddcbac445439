import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHAR_CLASSES } from "../../../lib/core/char-classes.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { measureStrokes } from "../../../lib/simulate/ink-mask.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { writeCharacter } from "../../../lib/simulate/write-character.ts";

describe("writeCharacter", () => {
  it("writes the same strokes from the same seeds, others from other seeds", () => {
    const write = (writer: number, rng: number) => writeCharacter("5", buildWriter(writer), { capHeightMm: 5, rng: new Rng(rng) });
    expect(write(1, 2)).toEqual(write(1, 2));
    expect(write(1, 2)).not.toEqual(write(1, 3));
    expect(write(1, 2)).not.toEqual(write(4, 2));
  });

  it("keeps every character of every writer near its nominal size, in an unbroken path", () => {
    fc.assert(
      fc.property(fc.constantFrom(...CHAR_CLASSES), fc.nat(100_000), fc.nat(1000), (char, seed, sample) => {
        const strokes = writeCharacter(char, buildWriter(seed), { capHeightMm: 5, rng: new Rng(sample) });
        const [left, top, right, bottom] = measureStrokes(strokes);
        expect(bottom - top).toBeLessThan(9.5);
        expect(bottom - top).toBeGreaterThan(1.8);
        expect(right - left).toBeLessThan(8.5);
        for (const { x, y, radius } of strokes) {
          for (let i = 1; i < x.length; i++) expect(Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1])).toBeLessThan(0.3);
          for (const r of radius) expect(r).toBeGreaterThan(0.05);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("leans as the writer's slant says", () => {
    const lean = (slantDeg: number) => {
      const writer = buildWriter(9, { slantDeg, sloppiness: 0, idiosyncrasy: 0, wobbleMm: 0 });
      const [stem] = writeCharacter("l", writer, { capHeightMm: 10, rng: new Rng(1) });
      const half = stem.x.length >> 1;
      return (Math.atan2(stem.x[0] - stem.x[half], stem.y[half] - stem.y[0]) * 180) / Math.PI;
    };
    expect(lean(20) - lean(0)).toBeCloseTo(20, 0);
  });
});
