import { dropRetracted } from "./drop-retracted.ts";
import { type DecisionKind, isDecision, type LabelEvent } from "./label-event.ts";

/** What one person says of a glyph now. */
export type Decision<Event extends LabelEvent = LabelEvent> = Event & {
  readonly kind: DecisionKind;
  /** It is to count against what others say. */
  readonly settles: boolean;
};

/**
 * Each person's decision that stands, in the order given: their latest that is not taken back. Answers to gold items are none. Whoever has adjudicated and then
 * decides anew adjudicates anew: they change their own mind.
 */
export function listDecisions<Event extends LabelEvent>(labels: readonly Event[]): Decision<Event>[] {
  const last = new Map<string, Decision<Event>>();
  for (const label of dropRetracted(labels)) {
    if (label.source !== "person" || label.pass === "gold" || !isDecision(label)) continue;
    const settles = label.pass === "adjudication" || last.get(label.by)?.settles === true;
    // Out and in again: a map keeps the place of a key's first entry.
    last.delete(label.by);
    last.set(label.by, { ...label, settles });
  }
  return [...last.values()];
}
