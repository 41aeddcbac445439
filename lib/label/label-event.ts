/** Where a label comes from. `prompt`: what the card asks for; `ocr`: a prompt read from print; both say what should have been written. */
export type LabelSource = "prompt" | "ocr" | "model" | "person";

/** `class`: "it is `value`". `unusable`: no class is right. `retract`: takes back the label whose clientId is `value`. */
export type LabelKind = "class" | "unusable" | "retract";

/** One piece of evidence about one glyph. Appended, never changed: an undo is a `retract`, a redo the retract of that retract. */
export interface LabelEvent {
  readonly source: LabelSource;
  readonly kind: LabelKind;
  /** `class`: the character. `unusable`: null. `retract`: the clientId taken back. */
  readonly value: string | null;
  /** Given by whoever made it, so that a retry can be told from a second label; null for machines. */
  readonly clientId: string | null;
}
