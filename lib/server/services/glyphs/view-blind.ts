import type { GlyphView } from "../../../contracts/review.ts";
import { deriveState } from "../../../label/current-label.ts";
import { dropOthersDecisions } from "../../../label/drop-others-decisions.ts";
import type { LabelEvent } from "../../../label/label-event.ts";
import { isDoubtful } from "./glyph-status.ts";
import { type GlyphRow, viewGlyph, withState } from "./glyph-view.ts";

/** A glyph as if nobody had decided on it: its state from machines' labels, and its estimate, where there is one, from prompt and model alone. */
export function viewBlind(row: GlyphRow, labels: readonly LabelEvent[]): GlyphView {
  const state = deriveState(dropOthersDecisions(labels, null), { unsure: isDoubtful(row.status) });
  const view = viewGlyph(withState(row, state));
  const decided = labels.some((label) => label.source === "person");
  return decided && view.fused !== null ? { ...view, fused: estimateAlone(row) } : view;
}

/** What the model makes of a prompt; the estimate of the collection has heard people, too. */
function estimateAlone({ prompt, predictionLabel, predictionProbability }: GlyphRow): GlyphView["fused"] {
  const sure = predictionProbability ?? 0.5;
  if (prompt === null || predictionLabel === null) {
    const label = prompt ?? predictionLabel;
    return label === null ? null : { label, probability: predictionLabel === null ? 0.5 : sure, doubt: 0.5 };
  }
  const doubt = predictionLabel === prompt ? 1 - sure : sure;
  return { label: doubt > 0.5 ? predictionLabel : prompt, probability: Math.max(doubt, 1 - doubt), doubt };
}
