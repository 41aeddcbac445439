import { expect, it } from "vitest";
import type { CollectionGlyph, CollectionPage } from "../../../lib/server/services/quality/read-evidence.ts";
import { type JudgedGlyph, tallyErrors } from "../../../lib/server/services/quality/tally-errors.ts";

const page = (device: string | null, dpi: number | null, blurMm: number | null): CollectionPage => ({
  template: "digits",
  device,
  dpi,
  blurMm,
});
const glyph = (id: string, pageId: string, index: number, doubt: number, label = "1"): JudgedGlyph => {
  const common = { prompt: "1", status: "labelled", unusable: false, fieldIndex: 0, field: "r01" };
  const judged: CollectionGlyph = { ...common, id, pageId, index, label, writer: "w1", reviewed: label !== "1" };
  return { glyph: judged, fused: { id, fusedLabel: "1", fusedProbability: 1 - doubt, doubt } };
};

it("adds up expected errors and corrections by box, device, sharpness and resolution, most first, with the likeliest wrong one", () => {
  const pages = new Map([
    ["p1", page("Phone 1", 300, 0.3)],
    ["p2", page(null, 150, 0.6)],
    ["p3", page("Phone 1", null, null)],
  ]);
  const judged = [glyph("a", "p1", 0, 0.25), glyph("b", "p2", 0, 0.5), glyph("c", "p3", 1, 0), glyph("d", "p2", 1, 0.125, "7")];
  const { places, devices, sharpness, resolutions, writers } = tallyErrors(judged, pages);
  expect(places).toEqual([
    { template: "digits", field: "r01", box: 1, worstPage: "p2", worstGlyph: "d", glyphs: 2, expectedErrors: 0.125, corrected: 1 },
    { template: "digits", field: "r01", box: 0, worstPage: "p2", worstGlyph: "b", glyphs: 2, expectedErrors: 0.75, corrected: 0 },
  ]);
  expect(devices).toEqual([
    { name: "unknown", pages: 1, worstPage: "p2", glyphs: 2, expectedErrors: 0.625, corrected: 1 },
    { name: "Phone 1", pages: 2, worstPage: "p1", glyphs: 2, expectedErrors: 0.25, corrected: 0 },
  ]);
  expect(sharpness.map(({ name, glyphs }) => `${name} ${glyphs}`)).toEqual([
    "blurred: over 0.55 mm 2",
    "sharp: edges within 0.35 mm 1",
    "unknown 1",
  ]);
  expect(resolutions.map(({ name }) => name)).toEqual(["below 180 dpi", "about 300 dpi", "unknown"]);
  expect(writers).toEqual([{ writer: "w1", glyphs: 4, expectedErrors: 0.875, corrected: 1 }]);
});
