import { deriveState, type LabelState } from "../../../label/current-label.ts";
import type { LabelEvent } from "../../../label/label-event.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";
import { isDoubtful } from "./glyph-status.ts";

/** The state of a stored glyph from its labels. One that was cut anew counts no longer, whatever is said of it: its state is that of one without labels. */
export function deriveGlyphState({ status }: { readonly status: GlyphStatus }, labels: readonly LabelEvent[]): LabelState {
  return deriveState(status === GlyphStatus.superseded ? [] : labels, { unsure: isDoubtful(status) });
}
