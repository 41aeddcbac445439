import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "../../../lib/dataset/canonical-json.ts";
import { buildManifest, type Candidate, type ManifestOptions } from "../../../lib/dataset/manifest.ts";

const options: ManifestOptions = {
  normalization: "mnist-1",
  classes: "digits",
  mnist: false,
  testFraction: 0.3,
  validationFraction: 0,
  seed: 7,
};
const candidates: Candidate[] = Array.from({ length: 60 }, (_, i) => ({ glyphId: `g${i}`, label: "017A"[i % 4], writer: `w${i % 6}` }));

describe("buildManifest", () => {
  it("keeps the classes that occur, in the order of the label bytes", () => {
    expect(buildManifest(candidates, options).classes).toEqual(["0", "1", "7"]);
    expect(buildManifest(candidates, { ...options, classes: "all" }).classes).toEqual(["0", "1", "7", "A"]);
  });

  it("takes the union of classes with MNIST", () => {
    expect(buildManifest(candidates, { ...options, mnist: true }).classes).toEqual([..."0123456789"]);
    expect(buildManifest(candidates, { ...options, mnist: true, classes: "letters" }).classes).toEqual([..."0123456789A"]);
  });

  it("has every fitting glyph once and no writer in two splits", () => {
    const { members, writers } = buildManifest(candidates, options);
    const ids = Object.values(members).flatMap((m) => m.map((c) => c.glyphId));
    expect(ids.length).toBe(45);
    expect(new Set(ids).size).toBe(45);
    for (const split of ["train", "validation", "test"] as const) {
      for (const c of members[split]) expect(writers[split]).toContain(c.writer);
    }
    expect(writers.train.length + writers.validation.length + writers.test.length).toBe(6);
    expect(new Set([...writers.train, ...writers.validation, ...writers.test]).size).toBe(6);
  });

  it("does not depend on the order in which the glyphs come, but on the seed", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(candidates, { minLength: 60, maxLength: 60 }), (shuffled) => {
        expect(canonicalJson(buildManifest(shuffled, options) as unknown as Json)).toBe(
          canonicalJson(buildManifest(candidates, options) as unknown as Json),
        );
      }),
    );
    expect(buildManifest(candidates, { ...options, seed: 8 }).members.train).not.toEqual(buildManifest(candidates, options).members.train);
  });

  it("says what to do where nothing fits", () => {
    expect(() => buildManifest([], options)).toThrow(/no reviewed digits yet: review some/);
  });
});

describe("canonicalJson", () => {
  it("spells equal values alike", () => {
    expect(canonicalJson({ b: [1, "x", null], a: { d: true, c: 0.5 } })).toBe('{"a":{"c":0.5,"d":true},"b":[1,"x",null]}');
  });

  it("is JSON that reads back as the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
