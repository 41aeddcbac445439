import { describe, expect, it } from "vitest";
import { FIDUCIAL_CODES } from "../../../lib/card/fiducial-codes.ts";

const turn = (code: readonly number[]): number[] => Array.from({ length: 36 }, (_, i) => code[(5 - (i % 6)) * 6 + Math.floor(i / 6)]);
const turns = (code: readonly number[]): (readonly number[])[] => {
  const all = [code];
  for (let i = 0; i < 3; i++) all.push(turn(all[i]));
  return all;
};
const distance = (a: readonly number[], b: readonly number[]): number => a.filter((bit, i) => bit !== b[i]).length;

describe("FIDUCIAL_CODES", () => {
  it("has four codes of 36 balanced bits", () => {
    expect(FIDUCIAL_CODES).toHaveLength(4);
    for (const code of FIDUCIAL_CODES) {
      expect(code).toHaveLength(36);
      expect(code.filter((bit) => bit === 1)).toHaveLength(18);
    }
  });

  it("turns by a quarter: the top left bit goes to the top right", () => {
    const only = Array.from({ length: 36 }, (_, i) => (i === 0 ? 1 : 0));
    expect(turn(only).indexOf(1)).toBe(5);
  });

  it("keeps 18 of 36 bits between any two codes under all turns, and between a code and its own turns", () => {
    FIDUCIAL_CODES.forEach((a, i) => {
      FIDUCIAL_CODES.forEach((b, j) => {
        turns(b).forEach((turned, quarter) => {
          if (i === j && quarter === 0) return;
          expect(distance(a, turned), `codes ${i} and ${j} turned ${quarter}`).toBeGreaterThanOrEqual(18);
        });
      });
    });
  });
});
