import fc from "fast-check";
import { PAPERS, TEMPLATE_IDS } from "../../lib/card/card-manifest.ts";
import { type CardSpec, DROP_OUTS } from "../../lib/card/card-spec.ts";

const alone = (c: string): boolean => !/[\s\p{C}\p{M}\p{Z}]/u.test(c);
const characters = fc.oneof(
  fc.string({ minLength: 1, maxLength: 64, unit: fc.constantFrom(..."0123456789") }),
  fc.string({ minLength: 1, maxLength: 64, unit: fc.constantFrom(..."0123456789ABCXYZabcxyz") }),
  fc.string({
    minLength: 1,
    maxLength: 32,
    unit: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).filter((c) => [...c].length === 1 && alone(c)),
  }),
);
const custom = fc.record({
  characters,
  repeats: fc.integer({ min: 1, max: 50 }),
  boxMm: fc.double({ min: 6, max: 30, noNaN: true }),
});

/** Any spec that makes a card. */
export const arbitraryCardSpec: fc.Arbitrary<CardSpec> = fc
  .record({
    template: fc.constantFrom(...TEMPLATE_IDS),
    paper: fc.constantFrom(...PAPERS),
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    dropOut: fc.constantFrom(...DROP_OUTS),
    custom,
  })
  .map(({ custom: part, ...spec }) => (spec.template === "custom" ? { ...spec, custom: part } : spec));
