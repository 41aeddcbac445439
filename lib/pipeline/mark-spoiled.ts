import { findSpoiled } from "./find-spoiled.ts";
import type { FieldReading } from "./page-reading.ts";
import type { WriterCode } from "./read-writer-code.ts";

/**
 * Boxes that were crossed out or overwritten get that status, and no label: only a person can say what they hold. Where it is not sure, they keep theirs, in doubt.
 * @param code the writer's, judged beside the writer's other boxes
 * @returns the writer's code: null where one of its digits may be crossed out or overwritten
 */
export function markSpoiled(fields: readonly FieldReading[], code: WriterCode | null): { fields: FieldReading[]; writer: string | null } {
  const boxes = fields.flatMap((field) =>
    field.boxOutlines.length === 0
      ? []
      : field.glyphs.flatMap((glyph) =>
          glyph.raw !== null && glyph.label !== null && glyph.status !== "unsure"
            ? [{ glyph, image: glyph.raw, prompt: glyph.label, prediction: glyph.prediction }]
            : [],
        ),
  );
  const spoiled = findSpoiled([...boxes, ...(code?.boxes ?? [])]);
  const statuses = new Map(boxes.flatMap(({ glyph }, i) => (spoiled[i] === null ? [] : [[glyph, spoiled[i]] as const])));
  const writer = code !== null && spoiled.slice(boxes.length).every((state) => state === null) ? code.code : null;
  const marked = fields.map((field) => ({
    ...field,
    glyphs: field.glyphs.map((glyph) => {
      const status = statuses.get(glyph);
      // A mismatch is in doubt already, and says why.
      if (status === undefined || (status === "unsure" && glyph.status === "mismatch")) return glyph;
      return { ...glyph, status, label: status === "unsure" ? glyph.label : null };
    }),
  }));
  return { fields: marked, writer };
}
