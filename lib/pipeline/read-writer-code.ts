import { normalizeGlyph } from "../glyph/normalize-glyph.ts";
import type { IsolatedInk } from "../page/isolate-boxes.ts";
import { classifyGlyphs } from "./classify-glyphs.ts";
import type { Classifier } from "./page-reading.ts";

/** Surer than for a glyph's second opinion: a wrong writer code puts a writer into the wrong split. */
const MIN_PROBABILITY = 0.8;

/** The digits in the writer boxes, from the left, blanks left out; null where all are blank or one is not surely read. */
export function readWriterCode(inks: readonly (IsolatedInk | null)[], classifier: Classifier): string | null {
  const images = inks.flatMap((ink) => (ink ? [normalizeGlyph(ink.image)] : []));
  if (images.length === 0) return null;
  const predictions = classifyGlyphs(
    images,
    images.map(() => null),
    classifier,
  );
  if (process.env.DBG) console.log("WRITER", predictions.map((p) => p && p.label + ":" + p.probability.toFixed(4)).join(" "));
  let code = "";
  for (const prediction of predictions) {
    if (prediction === null || prediction.probability < MIN_PROBABILITY || !/^\d$/.test(prediction.label)) return null;
    code += prediction.label;
  }
  return code;
}
