import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluatePredictions } from "../../../lib/evaluation/evaluate-predictions.ts";
import { findWorstMistakes } from "../../../lib/evaluation/find-worst-mistakes.ts";
import { wilsonInterval } from "../../../lib/evaluation/wilson-interval.ts";

describe("wilsonInterval", () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("gives Newcombe's interval of %i of %i", (errors, count, low, high) => {
    const [l, h] = wilsonInterval(errors, count);
    expect(l).toBeCloseTo(low, 4);
    expect(h).toBeCloseTo(high, 4);
  });

  it("holds the rate, stays in [0, 1] and mirrors", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.float({ min: 0, max: 1, noNaN: true }), (n, part) => {
        const k = Math.floor(part * n);
        const [low, high] = wilsonInterval(k, n);
        expect(0 <= low && low <= k / n && k / n <= high && high <= 1).toBe(true);
        const [mirrorLow, mirrorHigh] = wilsonInterval(n - k, n);
        expect(mirrorLow).toBeCloseTo(1 - high, 10);
        expect(mirrorHigh).toBeCloseTo(1 - low, 10);
      }),
    );
  });

  it("refuses what is no proportion", () => {
    expect(() => wilsonInterval(1, 0)).toThrow(/count > 0/);
    expect(() => wilsonInterval(3, 2)).toThrow(/3 of 2/);
  });
});

describe("evaluatePredictions", () => {
  // Three classes, four examples; the third is read wrong, the fourth is a tie that goes to the lower class.
  const probabilities = Float32Array.of(0.8, 0.1, 0.1, 0.2, 0.7, 0.1, 0.1, 0.9, 0, 0.4, 0.4, 0.2);
  const labels = Uint8Array.of(0, 1, 2, 0);

  it("counts confusion[truth][prediction]", () => {
    const result = evaluatePredictions(probabilities, labels, 3);
    expect(result).toMatchObject({ errorRate: 0.25, errors: 1, count: 4 });
    expect(result.confusion).toEqual([
      [2, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ]);
  });

  it("refuses an empty set, sizes that do not fit, a label outside and NaN", () => {
    expect(() => evaluatePredictions(new Float32Array(0), new Uint8Array(0), 3)).toThrow(/nothing to evaluate/);
    expect(() => evaluatePredictions(probabilities, labels, 4)).toThrow(/need 16 probabilities, but 12 came/);
    expect(() => evaluatePredictions(probabilities, Uint8Array.of(0, 1, 3, 0), 3)).toThrow(/label 3/);
    expect(() => evaluatePredictions(Float32Array.of(0, Number.NaN), Uint8Array.of(0), 2)).toThrow(/not a number/);
  });

  it("lists the surest mistakes first", () => {
    const p = Float32Array.of(0.4, 0.6, 0.1, 0.9, 0.7, 0.3, 0.2, 0.8);
    const mistakes = findWorstMistakes(p, Uint8Array.of(0, 0, 0, 0), { classCount: 2, limit: 2 });
    expect(mistakes.map((m) => m.index)).toEqual([1, 3]);
    expect(mistakes[0]).toMatchObject({ truth: 0, prediction: 1 });
    expect(mistakes[0]!.probability).toBeCloseTo(0.9, 6);
  });
});
