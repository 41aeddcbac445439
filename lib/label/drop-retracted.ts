import type { LabelEvent } from "./label-event.ts";

/**
 * What is left of a glyph's labels, in their order: each clientId once, at its first place; no retracts, and nothing that one takes back.
 *
 * A retract works on its label wherever that stands in the list (requests may overtake each other); on another retract only if that is earlier, so that no
 * two can take each other back.
 */
export function dropRetracted<Event extends Pick<LabelEvent, "kind" | "value" | "clientId">>(labels: readonly Event[]): Event[] {
  const once = dropRepeats(labels);
  const retracted = findRetracted(once);
  return once.filter((l) => l.kind !== "retract" && !isRetracted(l, retracted));
}

function dropRepeats<Event extends Pick<LabelEvent, "clientId">>(labels: readonly Event[]): Event[] {
  const seen = new Set<string>();
  return labels.filter((l) => {
    if (l.clientId === null) return true;
    if (seen.has(l.clientId)) return false;
    seen.add(l.clientId);
    return true;
  });
}

/** The clientIds taken back. From the last to the first: whether a retract holds is known once all later ones are. */
function findRetracted(labels: readonly Pick<LabelEvent, "kind" | "value" | "clientId">[]): ReadonlySet<string> {
  const place = new Map<string, number>();
  labels.forEach((l, i) => {
    if (l.clientId !== null) place.set(l.clientId, i);
  });
  const retracted = new Set<string>();
  for (let i = labels.length - 1; i >= 0; i--) {
    const { kind, value } = labels[i];
    if (kind !== "retract" || value === null || isRetracted(labels[i], retracted)) continue;
    const at = place.get(value);
    if (at === undefined) continue;
    if (labels[at].kind !== "retract" || at < i) retracted.add(value);
  }
  return retracted;
}

function isRetracted(label: Pick<LabelEvent, "clientId">, retracted: ReadonlySet<string>): boolean {
  return label.clientId !== null && retracted.has(label.clientId);
}
