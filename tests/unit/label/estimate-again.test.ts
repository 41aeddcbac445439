import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { buildFusionInput, type GlyphEvidence, type SignedLabel, UNUSABLE } from "../../../lib/label/fusion/build-fusion-input.ts";
import { estimateAgain, type FusionParameters } from "../../../lib/label/fusion/estimate-again.ts";
import { fuseLabels } from "../../../lib/label/fusion/fuse-labels.ts";

const PER_FIELD = 6;

/** Fields of digits with two models, two people, blank boxes, and a field whose writer lost the place. */
function simulate(): GlyphEvidence[] {
  const rng = new Rng(7);
  return Array.from({ length: 60 * PER_FIELD }, (_, g): GlyphEvidence => {
    const place = g % PER_FIELD;
    const prompt = String((g * 7 + Math.floor(g / 11)) % 5);
    const written = g < PER_FIELD ? String(((g + 1) * 7) % 5) : prompt;
    const err = (rate: number): string => (rng.float() < rate ? String(rng.int(5)) : written);
    const one = (source: "model" | "person", by: string, rate: number): SignedLabel => {
      return { source, by, kind: "class", value: err(rate), clientId: null, probability: source === "model" ? rng.float() : null };
    };
    const labels = [one("model", "starter", 0.2), one("model", "second", 0.2)];
    if (rng.float() < 0.5) labels.push(one("person", "anna", 0.1));
    if (rng.float() < 0.3) labels.push(one("person", "ben", 0.3));
    return { fieldKey: `f${Math.floor(g / PER_FIELD)}`, place, prompt, blank: g % 29 === 5, labels };
  });
}

describe("estimateAgain", () => {
  const evidence = simulate();
  const input = buildFusionInput(evidence);
  const result = fuseLabels(input);
  const K = input.classes;
  // As it comes back from where it was kept.
  const { names, sources } = input;
  const { classes, confusions, promptConfusion, promptFrequency, slipRate } = result;
  const kept = JSON.parse(
    JSON.stringify({
      ...{ names, sources, slipRate, classes: [...classes], promptConfusion: [...promptConfusion] },
      ...{ promptFrequency: [...promptFrequency], confusions: confusions.map((matrix) => [...matrix]) },
    }),
  ) as Record<"classes" | "promptConfusion" | "promptFrequency", number[]> & { confusions: number[][] };
  const parameters: FusionParameters = {
    ...{ names, sources, slipRate, classes: Float64Array.from(kept.classes), promptConfusion: Float64Array.from(kept.promptConfusion) },
    ...{ promptFrequency: Float64Array.from(kept.promptFrequency), confusions: kept.confusions.map((matrix) => Float64Array.from(matrix)) },
  };

  it("gives of each field alone what the estimate of all gave, to the last bit", () => {
    for (let from = 0; from < evidence.length; from += PER_FIELD) {
      const again = estimateAgain(evidence.slice(from, from + PER_FIELD), parameters);
      for (const [i, row] of again.entries()) {
        const n = input.itemOf[from + i];
        expect(row).toEqual(n < 0 ? null : result.posterior.slice(n * K, n * K + K));
      }
    }
    expect(result.slipped[0]).toBeGreaterThan(0.5);
    expect([...input.itemOf]).toContain(-1);
  });

  it("takes a person's word away where it is left out, and is deaf to whom and what it has not heard of", () => {
    const field = evidence.slice(0, PER_FIELD).map((glyph) => ({ ...glyph, blank: false }));
    const machines = (glyph: GlyphEvidence): GlyphEvidence => ({
      ...glyph,
      labels: glyph.labels.filter(({ source }) => source === "model"),
    });
    const person: SignedLabel = { source: "person", by: "anna", kind: "unusable", value: null, clientId: null, probability: null };
    const [without] = estimateAgain(field.map(machines), parameters);
    const [heard] = estimateAgain(
      field.map(machines).map((glyph, i) => (i === 0 ? { ...glyph, labels: [...glyph.labels, person] } : glyph)),
      parameters,
    );
    const at = names.indexOf(UNUSABLE);
    expect(heard![at]).toBeGreaterThan(without![at]);
    const strange = field.map(machines).map((glyph, i) => {
      const labels = [...glyph.labels, { ...person, by: "nobody" }, { ...person, by: "ben", kind: "class" as const, value: "☃" }];
      return i === 0 ? { ...glyph, labels } : glyph;
    });
    expect(estimateAgain(strange, parameters)[0]).toEqual(without);
  });

  it("refuses parameters that do not fit", () => {
    expect(() => estimateAgain(evidence.slice(0, 3), { ...parameters, names: names.slice(0, 2) })).toThrow(/has 6 classes/);
  });
});
