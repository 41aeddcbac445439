import type { GlyphView } from "../../../../../../lib/contracts/review.ts";

/** What people's decisions change of a glyph, as the screen shows it. Blank: reviewed, no label, not unusable. */
export interface GlyphMark {
  readonly label: string | null;
  readonly reviewed: boolean;
  readonly unusable: boolean;
  /** The standing note; "" for a flag without one; null where there is no flag. */
  readonly flag: string | null;
  /** Whose decision counts; null where nobody has decided, or where this is not told (a blind pass). */
  readonly decidedBy: string | null;
}

/** As much of a glyph as a list of thousands needs. */
export interface GlyphBrief extends GlyphMark {
  readonly id: string;
  /** The class that the model reads. */
  readonly prediction: string | null;
  readonly status: GlyphView["status"];
}

export type DecisionKind = "class" | "unusable" | "blank" | "flag" | "unflag";

export interface Decision {
  readonly glyph: { readonly id: string } & GlyphMark;
  readonly kind: DecisionKind;
  /** The character, or the note of a flag. */
  readonly value: string | null;
}

export function markOf({ label, reviewed, unusable, flag, decidedBy }: GlyphMark): GlyphMark {
  return { label, reviewed, unusable, flag, decidedBy };
}

/** The glyph as it will be once the server has taken a person's decision. */
export function decide(mark: GlyphMark, { kind, value }: Pick<Decision, "kind" | "value">, by: string): GlyphMark {
  if (kind === "flag") return { ...markOf(mark), flag: value ?? "" };
  if (kind === "unflag") return { ...markOf(mark), flag: null };
  return { label: kind === "class" ? value : null, reviewed: true, unusable: kind === "unusable", flag: mark.flag, decidedBy: by };
}
