import type { Box } from "../core/geometry.ts";
import { buildNistPrompts, NIST_ROWS, PREAMBLE } from "./build-prompts.ts";
import type { Field } from "./card-manifest.ts";

/** Measures of the NIST form in mm; the drawing puts its texts into the room that they leave. */
export const NIST = {
  /** Room for the prompt above a field, and for DATE, CITY, STATE, ZIP above the first line. */
  headMm: 4.1,
  lineBoxMm: 8.6,
  /** Two lines of instruction below the first line of fields. */
  sentencesMm: 11,
  /** "Please print the following text" and the Preamble's three lines. */
  preambleMm: 18.5,
  dateMm: 40,
  lineGapMm: 6,
} as const;

const WIDTH_PER_DIGIT_MM = 6.4;
const WIDTH_EXTRA_MM = 4;

/**
 * The fields of the NIST form, by NIST's numbers: f01 date, f02 city, state and zip, f03 to f30 digits, f31 and f32 the alphabets,
 * f33 the Preamble. f00, the name, is left out on purpose. All are undivided boxes with the prompt printed above.
 */
export function buildNistFields(area: Box, seed: number): Field[] {
  const [x, y, width, height] = area;
  const prompts = buildNistPrompts(seed);
  const undivided = (name: string, kind: Field["kind"], prompt: string, box: Field["box"]): Field => ({
    name,
    kind,
    prompt,
    box,
    boxes: [],
  });

  let top = y + NIST.headMm;
  const cityX = x + NIST.dateMm + NIST.lineGapMm;
  const fields = [
    undivided("f01", "line", "", [x, top, NIST.dateMm, NIST.lineBoxMm]),
    undivided("f02", "line", "", [cityX, top, x + width - cityX, NIST.lineBoxMm]),
  ];
  top += NIST.lineBoxMm + NIST.sentencesMm;

  // Eight rows of prompt and box. Letter is lower than A4 by 17.6 mm: its rows are closer and its paragraph box smaller.
  const pitch = height > 220 ? 16 : 15;
  const boxMm = pitch - NIST.headMm - 1.6;
  const rows = [[10, 10, 10], ...NIST_ROWS];
  let next = 0;
  for (const lengths of rows) {
    const widths = lengths.map((n) => (n === 10 ? 56 : n * WIDTH_PER_DIGIT_MM + WIDTH_EXTRA_MM));
    const gap = (width - widths.reduce((a, b) => a + b, 0)) / (widths.length - 1);
    let left = x;
    for (const w of widths) {
      fields.push(undivided(`f${String(next + 3).padStart(2, "0")}`, "digits", prompts.digits[next], [left, top + NIST.headMm, w, boxMm]));
      left += w + gap;
      next++;
    }
    top += pitch;
  }
  for (const [name, kind] of [
    ["f31", "lowercase"],
    ["f32", "uppercase"],
  ] as const) {
    fields.push(undivided(name, kind, prompts[kind], [x, top + NIST.headMm, width, boxMm]));
    top += pitch;
  }
  top += NIST.preambleMm;
  fields.push(undivided("f33", "text", PREAMBLE, [x, top, width, y + height - top]));
  return fields;
}
