import { describe, expect, it } from "vitest";
import { cohenKappa, fleissKappa } from "../../../lib/label/agreement.ts";

describe("cohenKappa", () => {
  it("is 0.4 where 35 of 50 agree and chance gives 0.5", () => {
    // 20 + 15 agree; the first says yes to 25, the second to 30: p_e = 0.5 * 0.6 + 0.5 * 0.4.
    expect(cohenKappa([20, 5, 10, 15], 2)).toBeCloseTo((0.7 - 0.5) / 0.5, 12);
  });

  it("is 1 for full agreement, 0 for chance, below for worse", () => {
    expect(cohenKappa([10, 0, 0, 7], 2)).toBe(1);
    expect(cohenKappa([1, 1, 1, 1], 2)).toBe(0);
    expect(cohenKappa([0, 5, 5, 0], 2)).toBe(-1);
  });

  it("is unknown without glyphs or with one class", () => {
    expect(cohenKappa([0, 0, 0, 0], 2)).toBeNull();
    expect(cohenKappa([9, 0, 0, 0], 2)).toBeNull();
  });

  it("refuses counts that fit no square", () => {
    expect(() => cohenKappa([1, 2, 3], 2)).toThrow("4 counts, not 3");
  });
});

describe("fleissKappa", () => {
  // Ten subjects, fourteen raters, five categories: the worked example of the article on Fleiss' kappa, 0.210.
  const EXAMPLE = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
  ];

  it("is 0.210 for the textbook's example", () => {
    expect(fleissKappa(EXAMPLE.flat(), 5)).toBeCloseTo(0.21, 3);
  });

  it("does not count glyphs that one person alone has judged", () => {
    expect(fleissKappa([...EXAMPLE.flat(), 1, 0, 0, 0, 0], 5)).toBe(fleissKappa(EXAMPLE.flat(), 5));
    expect(fleissKappa([1, 0, 0, 1], 2)).toBeNull();
  });

  it("equals the mean of both kinds where two reviewers use the classes alike", () => {
    // Two raters: 8 and 8 agreed, 2 each way differing; p_o = 0.8, p_e = 0.5.
    const times = (count: number, row: number[]): number[] => Array.from({ length: count }, () => row).flat();
    const rows = [...times(8, [2, 0]), ...times(8, [0, 2]), ...times(4, [1, 1])];
    expect(fleissKappa(rows, 2)).toBeCloseTo(0.6, 12);
    expect(cohenKappa([8, 2, 2, 8], 2)).toBeCloseTo(0.6, 12);
  });
});
