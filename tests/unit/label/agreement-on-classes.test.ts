import { describe, expect, it } from "vitest";
import { fleissKappa } from "../../../lib/label/agreement.ts";
import { agreementOnClasses } from "../../../lib/label/agreement-on-classes.ts";

describe("agreementOnClasses", () => {
  it("comes out as by hand", () => {
    // Four glyphs, two votes each: aa, aa, ab, bc; and one with a single vote, which does not count.
    const votes = [2, 0, 0, 2, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1];
    const [a, b, c] = agreementOnClasses(votes, 3);
    // Five of eight votes say a; the other vote on those glyphs says a too in four of five.
    expect(a).toEqual({ glyphs: 3, agreed: 2, kappa: expect.closeTo((4 / 5 - 5 / 8) / (3 / 8), 12) as number });
    expect(b).toEqual({ glyphs: 2, agreed: 0, kappa: expect.closeTo((0 - 2 / 8) / (6 / 8), 12) as number });
    expect(c).toEqual({ glyphs: 1, agreed: 0, kappa: expect.closeTo((0 - 1 / 8) / (7 / 8), 12) as number });
  });

  it("is Fleiss' kappa of all where there are two classes", () => {
    const votes = [3, 0, 2, 1, 0, 3, 1, 2, 3, 0];
    const kappa = fleissKappa(votes, 2)!;
    for (const own of agreementOnClasses(votes, 2)) expect(own.kappa).toBeCloseTo(kappa, 12);
  });

  it("is not to be told of a class that nobody, or everybody, said", () => {
    expect(agreementOnClasses([2, 0, 2, 0], 2)).toEqual([
      { glyphs: 2, agreed: 2, kappa: null },
      { glyphs: 0, agreed: 0, kappa: null },
    ]);
    expect(agreementOnClasses([], 2).map(({ kappa }) => kappa)).toEqual([null, null]);
  });

  it("refuses counts that fit no rows", () => {
    expect(() => agreementOnClasses([1, 2, 3], 2)).toThrow("3 counts are no rows of 2 classes");
  });
});
