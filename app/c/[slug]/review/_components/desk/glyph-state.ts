import type { GlyphBrief } from "./glyph-mark.ts";

/** What a person sees in a glyph's labels at a glance. */
export type GlyphState = "differs" | "unsure" | "crossed-out" | "overwritten" | "agrees" | "unread" | "reviewed" | "unusable" | "blank";

export function findState(glyph: Pick<GlyphBrief, "unusable" | "reviewed" | "label" | "status" | "prediction">): GlyphState {
  if (glyph.unusable) return "unusable";
  if (glyph.reviewed) return glyph.label === null ? "blank" : "reviewed";
  if (glyph.status === "unsure" || glyph.status === "crossed-out" || glyph.status === "overwritten") return glyph.status;
  if (glyph.prediction === null) return "unread";
  return glyph.prediction === glyph.label ? "agrees" : "differs";
}

/** In words, for the panel and for screen readers. */
export function describeState(glyph: Pick<GlyphBrief, "unusable" | "reviewed" | "label" | "status" | "prediction">): string {
  const model = glyph.prediction === null ? "" : `, the model reads ${glyph.prediction}`;
  switch (findState(glyph)) {
    case "unusable":
      return "marked unusable";
    case "blank":
      return "marked blank";
    case "reviewed":
      return "looked over";
    case "unsure":
      return `the cut is unsure${model}`;
    case "crossed-out":
      return `crossed out${model}`;
    case "overwritten":
      return `overwritten${model}`;
    case "differs":
      return `in doubt${model}`;
    case "agrees":
      return "model agrees";
    case "unread":
      return "the model has no opinion";
  }
}
