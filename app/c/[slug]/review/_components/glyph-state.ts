import type { GlyphView } from "../../../../../lib/contracts/review.ts";
import type { DecisionKind } from "../../../../../lib/label/label-event.ts";

/** What a person sees in a glyph's labels at a glance. */
export type GlyphState = "differs" | "unsure" | "crossed-out" | "overwritten" | "agrees" | "unread" | "reviewed" | "unusable";

export function findState(glyph: GlyphView): GlyphState {
  if (glyph.unusable) return "unusable";
  if (glyph.reviewed) return "reviewed";
  if (glyph.status === "unsure" || glyph.status === "crossed-out" || glyph.status === "overwritten") return glyph.status;
  if (glyph.prediction === null) return "unread";
  return glyph.prediction.label === glyph.label ? "agrees" : "differs";
}

/** In words, for the panel and for screen readers. */
export function describeState(glyph: GlyphView): string {
  const model = glyph.prediction === null ? "" : `, the model reads ${glyph.prediction.label}`;
  switch (findState(glyph)) {
    case "unusable":
      return "marked unusable";
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

/** The glyph as it will be once the server has taken a person's decision. */
export function decide(glyph: GlyphView, kind: DecisionKind, value: string | null): GlyphView {
  return { ...glyph, label: kind === "class" ? value : null, labelSource: "person", reviewed: true, unusable: kind === "unusable" };
}
