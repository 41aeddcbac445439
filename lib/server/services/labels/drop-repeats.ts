import { InkformError } from "../../../core/inkform-error.ts";
import type { LabelEvent, LabelPass } from "../../../label/label-event.ts";
import type { LabelInput } from "./check-label.ts";

/** What a person says, with who and in what pass. */
export type NewLabel = Omit<LabelInput, "pass"> & { readonly by: string; readonly pass: LabelPass };

/**
 * Labels that are not there yet, each clientId once: a client that got no answer sends again.
 * @param before the labels of their glyphs
 * @throws InkformError `conflict` where a clientId stands for another label
 */
export function dropRepeats(labels: readonly NewLabel[], before: ReadonlyMap<string, readonly LabelEvent[]>): NewLabel[] {
  const there = new Map<string, Pick<NewLabel, "glyphId" | "kind" | "value">>();
  for (const [glyphId, own] of before)
    for (const { clientId, kind, value } of own) if (clientId !== null) there.set(clientId, { glyphId, kind, value });
  return labels.filter((label) => {
    const kept = there.get(label.clientId);
    if (kept === undefined) {
      there.set(label.clientId, label);
      return true;
    }
    if (kept.glyphId !== label.glyphId || kept.kind !== label.kind || kept.value !== label.value) throw refuseClientId(label.clientId);
    return false;
  });
}

/** @param clientId null where it is one of several */
export function refuseClientId(clientId: string | null): InkformError {
  return new InkformError(
    "conflict",
    `${clientId === null ? "A clientId" : `The clientId ${clientId}`} stands for another label already; every label needs one of its own. Nothing was recorded.`,
  );
}
