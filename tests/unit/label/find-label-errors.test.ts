import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { findLabelErrors } from "../../../lib/label/find-label-errors.ts";

describe("findLabelErrors", () => {
  it("counts as by hand", () => {
    // Labels 0 0 0 1 1; P(1) of each.
    const ones = [0.1, 0.2, 0.9, 0.8, 0.6];
    const labels = Uint8Array.from([0, 0, 0, 1, 1]);
    const { thresholds, flagged, joint, noise } = findLabelErrors(Float64Array.from(ones.flatMap((p) => [1 - p, p])), labels, 2);
    // t_0 = (0.9 + 0.8 + 0.1) / 3, t_1 = (0.8 + 0.6) / 2.
    expect(thresholds[0]).toBeCloseTo(0.6, 12);
    expect(thresholds[1]).toBeCloseTo(0.7, 12);
    // C = [[2, 1], [0, 1]]; the last example reaches no threshold.
    expect(flagged).toEqual([{ index: 2, label: 0, suggestion: 1, margin: expect.closeTo(0.8, 12) as number }]);
    const expected = [(2 / 3) * 0.6, (1 / 3) * 0.6, 0, 0.4];
    for (const [k, q] of joint.entries()) expect(q).toBeCloseTo(expected[k], 12);
    expect(noise).toBeCloseTo(0.2, 12);
  });

  it("flags nothing where labels and probabilities agree", () => {
    const { flagged, noise } = findLabelErrors(Float64Array.from([0.9, 0.1, 0.2, 0.8]), Uint8Array.from([0, 1]), 2);
    expect(flagged).toEqual([]);
    expect(noise).toBe(0);
  });

  it("finds most of the wrong labels of a reader that is mostly right", () => {
    const rng = new Rng(3);
    const [N, K] = [5000, 10];
    const labels = new Uint8Array(N);
    const wrong = new Set<number>();
    const probabilities = new Float64Array(N * K);
    for (let n = 0; n < N; n++) {
      const truth = rng.int(K);
      labels[n] = truth;
      if (rng.float() < 0.05) {
        labels[n] = (truth + 1 + rng.int(K - 1)) % K;
        wrong.add(n);
      }
      const read = rng.float() < 0.97 ? truth : rng.int(K);
      const p = rng.between(0.6, 1);
      for (let k = 0; k < K; k++) probabilities[n * K + k] = k === read ? p : (1 - p) / (K - 1);
    }
    const { flagged, noise } = findLabelErrors(probabilities, labels, K);
    const hits = flagged.filter(({ index }) => wrong.has(index)).length;
    expect(hits / wrong.size).toBeGreaterThan(0.5);
    expect(hits / flagged.length).toBeGreaterThan(0.6);
    expect(noise).toBeGreaterThan(0.03);
    expect(noise).toBeLessThan(0.1);
    for (let i = 1; i < flagged.length; i++) expect(flagged[i].margin).toBeLessThanOrEqual(flagged[i - 1].margin);
  });

  it("refuses what does not fit", () => {
    expect(() => findLabelErrors(new Float64Array(3), Uint8Array.from([0, 1]), 2)).toThrow("need 4 probabilities, not 3");
    expect(() => findLabelErrors(new Float64Array(4), Uint8Array.from([0, 2]), 2)).toThrow("Label 2");
    expect(() => findLabelErrors(Float64Array.from([Number.NaN, 1]), Uint8Array.from([0]), 2)).toThrow("not a number");
  });
});
