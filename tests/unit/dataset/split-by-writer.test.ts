import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitByWriter } from "../../../lib/dataset/split-by-writer.ts";

const writers = (n: number): string[] => Array.from({ length: n }, (_, i) => `w${i}`);
const count = (map: Map<string, string>, split: string): number => [...map.values()].filter((s) => s === split).length;

describe("splitByWriter", () => {
  it("gives ten writers as asked", () => {
    const map = splitByWriter(writers(10), { testFraction: 0.2, validationFraction: 0.1, seed: 1 });
    expect([count(map, "train"), count(map, "validation"), count(map, "test")]).toEqual([7, 1, 2]);
  });

  it("gives a split asked for at least one writer", () => {
    const map = splitByWriter(writers(2), { testFraction: 0.01, validationFraction: 0, seed: 1 });
    expect([count(map, "train"), count(map, "test")]).toEqual([1, 1]);
  });

  it("refuses a test split of a single writer and says what to do", () => {
    const split = () => splitByWriter(["0042"], { testFraction: 0.2, validationFraction: 0, seed: 1 });
    expect(split).toThrow(/one writer \(0042\).*Set the test part to 0, or collect cards from one more writer/);
  });

  it("takes a single writer where only train is asked for", () => {
    expect([...splitByWriter(["a", "a"], { testFraction: 0, validationFraction: 0, seed: 1 })]).toEqual([["a", "train"]]);
  });

  it("holds for any writers, fractions and seed: each in one split, none empty that was asked for, the order of no matter", () => {
    const fraction = fc.constantFrom(0, 0.05, 0.2, 0.33, 0.49);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 40 }),
        fraction,
        fraction,
        fc.nat(),
        (codes, test, validation, seed) => {
          const options = { testFraction: test, validationFraction: validation, seed };
          const map = splitByWriter(codes, options);
          expect([...map.keys()].sort()).toEqual([...codes].sort());
          expect(count(map, "train")).toBeGreaterThanOrEqual(1);
          expect(count(map, "test") > 0).toBe(test > 0);
          expect(count(map, "validation") > 0).toBe(validation > 0);
          expect(Math.abs(count(map, "test") - test * codes.length)).toBeLessThanOrEqual(1);
          expect(splitByWriter([...codes].reverse(), options)).toEqual(map);
        },
      ),
    );
  });
});
