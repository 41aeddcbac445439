import { describe, expect, it } from "vitest";
import { buildFusionInput, type GlyphEvidence, type SignedLabel, UNUSABLE } from "../../../lib/label/fusion/build-fusion-input.ts";
import { fuseLabels } from "../../../lib/label/fusion/fuse-labels.ts";

function said(by: string, value: string | null, more: Partial<SignedLabel> = {}): SignedLabel {
  return { source: "person", by, kind: value === null ? "unusable" : "class", value, clientId: null, probability: null, ...more };
}
function read(value: string, probability: number, by = "starter"): SignedLabel {
  return said(by, value, { source: "model", probability });
}
function glyph(place: number, prompt: string | null, labels: readonly SignedLabel[], more: Partial<GlyphEvidence> = {}): GlyphEvidence {
  return { fieldKey: "f", place, prompt, blank: false, labels, ...more };
}

describe("buildFusionInput", () => {
  it("gives classes, sources by reviewer and by how sure a model was, votes and fields", () => {
    const input = buildFusionInput([
      glyph(0, "7", [read("1", 0.6), said("anna", "7")]),
      glyph(1, "2", [read("2", 0.999), said("ben", null)]),
      glyph(2, "5", [], { blank: true }),
      glyph(0, null, [said("anna", "9")], { fieldKey: null }),
    ]);
    expect(input.names).toEqual(["1", "2", "5", "7", "9", UNUSABLE]);
    expect(input.items).toBe(3);
    expect([...input.itemOf]).toEqual([0, 1, -1, 2]);
    expect(input.sources.map(({ name }) => name)).toEqual(["model starter, unsure", "anna", "model starter, sure", "ben"]);
    expect(input.sources.map(({ group }) => group)).toEqual(["model", "person anna", "model", "person ben"]);
    expect([...input.votes.item]).toEqual([0, 0, 1, 1, 2]);
    expect([...input.votes.value].map((k) => input.names[k])).toEqual(["1", "7", "2", UNUSABLE, "9"]);
    expect(input.fields.map(({ prompt, items }) => [[...prompt], [...items]])).toEqual([
      [
        [3, 1, 2],
        [0, 1, -1],
      ],
    ]);
    expect(fuseLabels(input).posterior).toHaveLength(3 * 6);
  });

  it("counts a reviewer's last decision, and none that was taken back", () => {
    const labels = [
      said("anna", "1", { clientId: "a" }),
      said("anna", "7", { clientId: "b" }),
      said("anna", "b", { kind: "retract", clientId: "c" }),
      said("ben", "4", { clientId: "d" }),
      said("ben", "d", { kind: "retract", clientId: "e" }),
      said("ben", "e", { kind: "retract", clientId: "f" }),
    ];
    const input = buildFusionInput([glyph(0, "7", labels)]);
    expect([...input.votes.value].map((k) => input.names[k])).toEqual(["1", "4"]);
  });

  it("parts a field with a gap into single glyphs", () => {
    const input = buildFusionInput([glyph(0, "1", []), glyph(2, "3", [])]);
    expect(input.fields.map(({ items }) => [...items])).toEqual([[0], [1]]);
  });
});
