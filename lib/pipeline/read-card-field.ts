import type { Field } from "../card/card-manifest.ts";
import type { Box } from "../core/geometry.ts";
import { normalizeGlyph } from "../glyph/normalize-glyph.ts";
import type { Region } from "../page/field-regions.ts";
import type { IsolatedInk } from "../page/isolate-boxes.ts";
import type { RectifiedPage } from "../page/rectify-page.ts";
import { classifyGlyphs } from "./classify-glyphs.ts";
import type { Classifier, GlyphReading } from "./page-reading.ts";
import { scanBounds } from "./scan-bounds.ts";

/** A field's glyphs in the order of its prompt. Text, lines and the writer code have none: they are kept as pictures of the scan. */
export function readCardField(page: RectifiedPage, field: Field, regions: readonly Region[], inks: readonly (IsolatedInk | null)[], classifier: Classifier): GlyphReading[] {
  switch (field.kind) {
    case "writer":
    case "text":
    case "line":
      return [];
    case "digits":
    case "lowercase":
    case "uppercase":
    case "characters":
      return field.boxes.length > 0 ? readBoxes(page, field, regions, inks, classifier) : [];
  }
}

/** One character a box: the prompt labels it, the classifier gives a second opinion. */
function readBoxes(page: RectifiedPage, field: Field, regions: readonly Region[], inks: readonly (IsolatedInk | null)[], classifier: Classifier): GlyphReading[] {
  const prompts = [...field.prompt];
  const images = inks.map((ink) => (ink ? normalizeGlyph(ink.image) : null));
  const predictions = classifyGlyphs(images, prompts, classifier);
  return prompts.map((prompt, i): GlyphReading => {
    const ink = inks[i];
    const prediction = predictions[i];
    const bounds: Box = ink ? ink.bounds : regions[i].box;
    return {
      bounds: scanBounds(page.toScan, bounds),
      raw: ink ? ink.image : null,
      image: images[i] ?? new Uint8Array(784),
      label: ink ? prompt : null,
      status: !ink ? "blank" : prediction && prediction.label !== prompt ? "mismatch" : "labelled",
      prediction,
    };
  });
}
