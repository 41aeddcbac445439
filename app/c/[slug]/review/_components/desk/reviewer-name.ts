import { useSyncExternalStore } from "react";
import { recordLabelsSchema } from "../../../../../../lib/contracts/review.ts";
import { StoredText } from "../../../../../_components/stored-text.ts";

const kept = new StoredText("inkform.reviewer");

/** Whose decisions this browser records: a name or a code of the person's own choice; "me" until one is given. */
export function getReviewer(): string {
  const name = recordLabelsSchema.shape.reviewer.safeParse(kept.read() ?? undefined);
  return name.success ? name.data : "me";
}

/** Whether a name was asked for and answered, be it with none. */
function isReviewerAsked(): boolean {
  return kept.read() !== null;
}

/** @param name anything; what is no name, an empty one too, goes back to "me" */
export function setReviewer(name: string): void {
  kept.write(name);
}

export function useReviewer(): string {
  return useSyncExternalStore(kept.subscribe, getReviewer, () => "me");
}

/** True once the person has said who it is, or that it does not matter; true while that is not known yet. */
export function useReviewerAsked(): boolean {
  return useSyncExternalStore(kept.subscribe, isReviewerAsked, () => true);
}
