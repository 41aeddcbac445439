import { describe, expect, it } from "vitest";
import { expectedGain } from "../../../lib/label/expected-gain.ts";

describe("expectedGain", () => {
  it("is errors removed a second, by hand", () => {
    // One in four is wrong: three seconds for three right ones, 5 for the wrong one: 1 error in 8 s.
    expect(4 * expectedGain(0.25, { confirm: 1, change: 5 })).toBeCloseTo(4 / 8, 12);
    expect(expectedGain(0, { confirm: 1, change: 5 })).toBe(0);
    expect(expectedGain(1, { confirm: 1, change: 5 })).toBeCloseTo(1 / 5, 12);
  });

  it("grows with the doubt, and lets slow ones wait for a greater doubt", () => {
    const gains = [0, 0.1, 0.5, 0.9, 1].map((doubt) => expectedGain(doubt, { confirm: 0.4, change: 9 }));
    expect([...gains].sort((a, b) => a - b)).toEqual(gains);
    expect(expectedGain(0.3, { confirm: 1, change: 2 })).toBeGreaterThan(expectedGain(0.4, { confirm: 3, change: 6 }));
  });
});
