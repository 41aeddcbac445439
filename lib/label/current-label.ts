import { dropRetracted } from "./drop-retracted.ts";
import type { LabelEvent, LabelSource } from "./label-event.ts";
import { type Decision, listDecisions } from "./list-decisions.ts";

/** What a glyph's labels amount to now. */
export interface LabelState {
  /** The class that counts; null where nothing says one, and where a person said that none is right or that nothing is written. */
  readonly label: string | null;
  readonly source: LabelSource | null;
  /** A person has decided: on a class, "unusable" or "blank". */
  readonly reviewed: boolean;
  readonly unusable: boolean;
  /** Nobody has decided, and the model reads another class than was asked for, or the cut is unsure. */
  readonly disagrees: boolean;
  /** People have decided differently, and nobody has settled it since. */
  readonly conflict: boolean;
  /** The note that somebody wants looked at, "" for a flag without one; null where there is no flag. */
  readonly flag: string | null;
  /** Whose decision counts. */
  readonly decidedBy: string | null;
  /** The one person who has decided, where nobody else has and nobody has settled anything: others may give a second opinion. */
  readonly soleDecider: string | null;
}

/**
 * The state of one glyph from its labels.
 *
 * An adjudication that is not taken back decides; without one the latest person's decision does; without one the prompt (else the OCR's reading of
 * it). A model's opinion never becomes the label: it only raises `disagrees`. What counts twice and what is taken back: drop-retracted.ts; whose
 * decisions stand: list-decisions.ts.
 *
 * @param labels in the order in which they were appended
 * @param cut.unsure the segmentation doubts that this is one whole character
 */
export function deriveState(labels: readonly LabelEvent[], cut: { readonly unsure: boolean } = { unsure: false }): LabelState {
  const standing = dropRetracted(labels);
  const flag = standing.findLast((l) => l.kind === "flag" || l.kind === "unflag");
  const raised = flag?.kind === "flag" ? (flag.value ?? "") : null;

  const decisions = listDecisions(labels);
  const settled = decisions.findLast((d) => d.settles);
  const decision = settled ?? decisions.at(-1);
  if (decision !== undefined) {
    return {
      label: decision.kind === "class" ? decision.value : null,
      source: "person",
      reviewed: true,
      unusable: decision.kind === "unusable",
      disagrees: false,
      conflict: isContested(decisions, settled),
      flag: raised,
      decidedBy: decision.by,
      soleDecider: settled === undefined && decisions.length === 1 ? decision.by : null,
    };
  }
  const asked = findLastClass(standing, "prompt") ?? findLastClass(standing, "ocr");
  const opinion = findLastClass(standing, "model");
  return {
    label: asked?.value ?? null,
    source: asked?.source ?? null,
    reviewed: false,
    unusable: false,
    disagrees: cut.unsure || (opinion !== undefined && opinion.value !== (asked?.value ?? null)),
    conflict: false,
    flag: raised,
    decidedBy: null,
    soleDecider: null,
  };
}

/** Those who decided before it was settled have been heard; who comes later and says otherwise has not. */
function isContested(decisions: readonly Decision[], settled: Decision | undefined): boolean {
  const heard = settled === undefined ? decisions : decisions.slice(decisions.indexOf(settled));
  return heard.some(({ kind, value }) => kind !== heard[0].kind || value !== heard[0].value);
}

function findLastClass(labels: readonly LabelEvent[], source: LabelSource): LabelEvent | undefined {
  return labels.findLast((l) => l.source === source && l.kind === "class");
}
