import { describe, expect, it } from "vitest";
import { buildFusionInput, type GlyphEvidence, type SignedLabel } from "../../../lib/label/fusion/build-fusion-input.ts";
import { explainPosterior } from "../../../lib/label/fusion/explain-posterior.ts";
import { fuseLabels } from "../../../lib/label/fusion/fuse-labels.ts";

const said = (source: "model" | "person", by: string, value: string): SignedLabel => {
  return { source, by, value, kind: "class", clientId: null, probability: source === "model" ? 0.999 : null };
};

describe("explainPosterior", () => {
  // Glyphs that stand alone: nothing of a field comes in, and the glyph's own product is all there is.
  const evidence = Array.from({ length: 60 }, (_, n): GlyphEvidence => {
    const prompt = n % 2 === 0 ? "1" : "7";
    const model = n === 4 ? "7" : prompt;
    return { fieldKey: null, place: 0, prompt, blank: false, labels: [said("model", "starter", model), said("person", "Ann", prompt)] };
  });
  const input = buildFusionInput(evidence);
  const result = fuseLabels(input);

  it("shows factors whose product, over their sum, is the estimate", () => {
    const steps = explainPosterior(input, result, { n: 4, shown: input.classes });
    expect(steps.classes[0]).toBe("1");
    expect(steps.votes.map(({ source, said: value }) => `${source} ${value}`)).toEqual(["model starter, sure 7", "Ann 1", "prompt 1"]);
    for (const [k] of steps.classes.entries()) {
      const byHand = steps.votes.reduce((value, { factors }) => value * factors[k], steps.frequency[k]);
      expect(steps.product[k]).toBeCloseTo(byHand, 12);
      expect(byHand / steps.sum).toBeCloseTo(steps.alone[k], 12);
      expect(steps.alone[k]).toBeCloseTo(steps.posterior[k], 9);
    }
    expect(steps.alone.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });

  it("refuses a glyph that is not there", () => {
    expect(() => explainPosterior(input, result, { n: 60, shown: 2 })).toThrow(/no glyph 60/);
  });
});
