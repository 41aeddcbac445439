import type { GlyphView } from "../../../contracts/review.ts";
import { deriveState, type LabelState } from "../../../label/current-label.ts";
import { dropOthersDecisions } from "../../../label/drop-others-decisions.ts";
import { UNUSABLE } from "../../../label/fusion/build-fusion-input.ts";
import type { LabelEvent } from "../../../label/label-event.ts";
import type { GlyphPosterior } from "../quality/read-posteriors.ts";
import { isDoubtful } from "./glyph-status.ts";
import { type GlyphRow, roundEstimate, viewGlyph, withState } from "./glyph-view.ts";

/**
 * A glyph as if nobody had decided on it: its state from machines' labels, and its estimate, where there is one, from prompt and model alone.
 * @param posterior what the last estimate says without people (readPosteriors, blind); null where it cannot be had
 */
export function viewBlind(row: GlyphRow, labels: readonly LabelEvent[], posterior: GlyphPosterior | null): GlyphView {
  const state = deriveState(dropOthersDecisions(labels, null), { unsure: isDoubtful(row.status) });
  const view = viewGlyph(withState(row, state));
  const decided = labels.some((label) => label.source === "person");
  if (!decided || view.fused === null) return view;
  return { ...view, fused: posterior === null ? estimateAlone(row) : summarize(posterior, state) };
}

/** As the estimate would have put it down: lib/server/services/quality/summarize-fusion.ts. */
function summarize({ view, probabilityOf }: GlyphPosterior, { label, unusable }: LabelState): NonNullable<GlyphView["fused"]> {
  const [best] = view.classes;
  const counts = unusable ? UNUSABLE : (label ?? best.label);
  return roundEstimate({ ...best, doubt: Math.min(1, Math.max(0, 1 - probabilityOf(counts))) });
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
