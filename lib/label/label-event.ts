/** Where a label comes from. `prompt`: what the card asks for; `ocr`: a prompt read from print; both say what should have been written. */
export type LabelSource = "prompt" | "ocr" | "model" | "person";

/**
 * Decisions: `class`: "it is `value`"; `unusable`: no class is right; `blank`: nothing is written here. `flag`: somebody should look at it; `unflag`: nobody needs to any
 * more. `retract`: takes back the label whose clientId is `value`.
 */
export type LabelKind = "class" | "unusable" | "blank" | "flag" | "unflag" | "retract";

/**
 * How a person was asked. `first`: nobody had decided, or it is their own decision that they change. `second`: blind, after another. `adjudication`: they saw what
 * others had decided, and theirs is to count. `gold`: the truth was known, and they were measured.
 */
export type LabelPass = "first" | "second" | "adjudication" | "gold";

/** One piece of evidence about one glyph. Appended, never changed: an undo is a `retract`, a redo the retract of that retract. */
export interface LabelEvent {
  readonly source: LabelSource;
  readonly kind: LabelKind;
  /** `class`: the character. `flag`: the note, may be empty. `retract`: the clientId taken back. Else null. */
  readonly value: string | null;
  /** Who: a reviewer's name, a model's id, "card", "tesseract". */
  readonly by: string;
  /** A machine's says nothing. Absent: `first`. */
  readonly pass?: LabelPass;
  /** Given by whoever made it, so that a retry can be told from a second label; null for machines. */
  readonly clientId: string | null;
}

/** What a person says a glyph is. */
export type DecisionKind = "class" | "unusable" | "blank";

export function isDecision<Event extends { readonly kind: LabelKind }>(label: Event): label is Event & { readonly kind: DecisionKind } {
  return label.kind === "class" || label.kind === "unusable" || label.kind === "blank";
}
