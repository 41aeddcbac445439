import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditBound, checksLeft } from "../../../lib/label/audit-bound.ts";

describe("auditBound", () => {
  it.each([
    // No error in n: 1 - 0.05^(1/n).
    [0, 1, 0.95],
    [0, 100, 1 - 0.05 ** (1 / 100)],
    [0, 2995, 1 - 0.05 ** (1 / 2995)],
    // Solved with the sum in exact binomial coefficients (Python).
    [1, 100, 0.046559811],
    [3, 1000, 0.007735245],
    [10, 20, 0.698046089],
  ])("%i wrong of %i: %f", (wrong, checked, bound) => {
    expect(auditBound(wrong, checked)).toBeCloseTo(bound, 6);
  });

  it("is 1 where nothing was checked, or all was wrong", () => {
    expect(auditBound(0, 0)).toBe(1);
    expect(auditBound(7, 7)).toBe(1);
  });

  it("falls with more checks and rises with more errors", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 51, max: 5000 }), (wrong, checked) => {
        expect(auditBound(wrong, checked + 1)).toBeLessThan(auditBound(wrong, checked));
        expect(auditBound(wrong + 1, checked)).toBeGreaterThan(auditBound(wrong, checked));
        expect(auditBound(wrong, checked)).toBeGreaterThan(wrong / checked);
      }),
    );
  });

  it("refuses what cannot be", () => {
    expect(() => auditBound(3, 2)).toThrow("3 of 2");
    expect(() => auditBound(0.5, 2)).toThrow("whole numbers");
  });
});

describe("checksLeft", () => {
  it("is the well-known 2,995 for 0.1 % with no error, and 4,742 with one", () => {
    expect(checksLeft(0, 0, 0.001)).toBe(2995);
    expect(checksLeft(1, 0 + 1, 0.001)).toBe(4742 - 1);
  });

  it("is the least number that shows the target", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 10, max: 3000 }), (wrong, checked) => {
        const left = checksLeft(wrong, checked, 0.002);
        expect(auditBound(wrong, checked + left)).toBeLessThanOrEqual(0.002);
        if (left > 0) expect(auditBound(wrong, checked + left - 1)).toBeGreaterThan(0.002);
      }),
      { numRuns: 40 },
    );
  });
});
