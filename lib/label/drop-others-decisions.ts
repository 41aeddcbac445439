import type { LabelEvent } from "./label-event.ts";

/**
 * What `reviewer` may see who is to decide, or has decided, without knowing what others say: machines' labels, flags, and their own decisions (an answer to
 * a gold item as any other). Null: nobody's decisions.
 */
export function dropOthersDecisions<Event extends LabelEvent>(labels: readonly Event[], reviewer: string | null): Event[] {
  const byClientId = new Map(labels.map((label) => [label.clientId, label]));
  return labels
    .filter((label) => label.source !== "person" || label.by === reviewer || isAboutFlag(label, byClientId))
    .map((label) => (label.pass === "gold" ? { ...label, pass: "first" } : label));
}

/** A flag, its end, or what takes one of them back (or that again). */
function isAboutFlag(label: LabelEvent, byClientId: ReadonlyMap<string | null, LabelEvent>): boolean {
  const seen = new Set<LabelEvent>();
  let at: LabelEvent | undefined = label;
  while (at?.kind === "retract" && !seen.has(at)) {
    seen.add(at);
    at = byClientId.get(at.value);
  }
  return at?.kind === "flag" || at?.kind === "unflag";
}
