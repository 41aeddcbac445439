import type { HiddenBox } from "../page/hidden-boxes.ts";
import type { FieldReading } from "./page-reading.ts";

/** What lies in a box that can't be seen is in doubt: it is neither blank nor is its ink surely a character. */
export function doubtHidden(fields: readonly FieldReading[], hidden: readonly HiddenBox[]): FieldReading[] {
  if (hidden.length === 0) return [...fields];
  const places = new Set(hidden.map(({ field, index }) => `${field} ${index ?? ""}`));
  return fields.map((field) => ({
    ...field,
    glyphs: field.glyphs.map((glyph, i) =>
      places.has(`${field.name} ${field.boxOutlines.length > 0 ? i : ""}`) ? { ...glyph, status: "unsure" as const } : glyph,
    ),
  }));
}
