import type { LabelEvent, LabelSource } from "./label-event.ts";

/** What a glyph's labels amount to now. */
export interface LabelState {
  /** The class that counts; null where nothing says one, and where a person said that none is right. */
  readonly label: string | null;
  readonly source: LabelSource | null;
  /** A person has decided (on a class or on "unusable"). */
  readonly reviewed: boolean;
  readonly unusable: boolean;
  /** Nobody has decided, and the model reads another class than was asked for, or the cut is unsure. */
  readonly disagrees: boolean;
}

/**
 * The state of one glyph from its labels.
 *
 * The latest person's label that is not taken back decides; without one the prompt does (else the OCR's reading of it). A
 * model's opinion never becomes the label: it only raises `disagrees`. A clientId counts once, at its first place. A retract works on its
 * label wherever that stands in the list (requests may overtake each other); on another retract only if that is earlier, so
 * that no two can take each other back.
 *
 * @param labels in the order in which they were appended
 * @param cut.unsure the segmentation doubts that this is one whole character
 */
export function deriveState(labels: readonly LabelEvent[], cut: { readonly unsure: boolean } = { unsure: false }): LabelState {
  const once = dropRepeats(labels);
  const retracted = findRetracted(once);

  const decision = once.findLast((l) => l.source === "person" && l.kind !== "retract" && !isRetracted(l, retracted));
  if (decision !== undefined) {
    const unusable = decision.kind === "unusable";
    return { label: unusable ? null : decision.value, source: "person", reviewed: true, unusable, disagrees: false };
  }
  const asked = findLastClass(once, "prompt") ?? findLastClass(once, "ocr");
  const opinion = findLastClass(once, "model");
  return {
    label: asked?.value ?? null,
    source: asked?.source ?? null,
    reviewed: false,
    unusable: false,
    disagrees: cut.unsure || (opinion !== undefined && opinion.value !== (asked?.value ?? null)),
  };
}

function findLastClass(labels: readonly LabelEvent[], source: LabelSource): LabelEvent | undefined {
  return labels.findLast((l) => l.source === source && l.kind === "class");
}

function dropRepeats(labels: readonly LabelEvent[]): LabelEvent[] {
  const seen = new Set<string>();
  return labels.filter((l) => {
    if (l.clientId === null) return true;
    if (seen.has(l.clientId)) return false;
    seen.add(l.clientId);
    return true;
  });
}

/** The clientIds taken back. From the last to the first: whether a retract holds is known once all later ones are. */
function findRetracted(labels: readonly LabelEvent[]): ReadonlySet<string> {
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

function isRetracted(label: LabelEvent, retracted: ReadonlySet<string>): boolean {
  return label.clientId !== null && retracted.has(label.clientId);
}
