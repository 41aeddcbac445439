import { useSyncExternalStore } from "react";
import { recordLabelsSchema } from "../../../../../../lib/contracts/review.ts";

const KEY = "inkform.reviewer";
const subscribers = new Set<() => void>();

/** Whose decisions this browser records: a name or a code of the person's own choice; "me" until one is given. */
export function getReviewer(): string {
  const name = recordLabelsSchema.shape.reviewer.safeParse(localStorage.getItem(KEY) ?? undefined);
  return name.success ? name.data : "me";
}

/** Whether a name was asked for and answered, be it with none. */
function isReviewerAsked(): boolean {
  return localStorage.getItem(KEY) !== null;
}

/** @param name anything; what is no name, an empty one too, goes back to "me" */
export function setReviewer(name: string): void {
  localStorage.setItem(KEY, name);
  for (const subscriber of subscribers) subscriber();
}

export function useReviewer(): string {
  return useSyncExternalStore(subscribe, getReviewer, () => "me");
}

/** True once the person has said who it is, or that it does not matter; true while that is not known yet. */
export function useReviewerAsked(): boolean {
  return useSyncExternalStore(subscribe, isReviewerAsked, () => true);
}

function subscribe(subscriber: () => void): () => void {
  // Another tab's change comes as an event.
  window.addEventListener("storage", subscriber);
  subscribers.add(subscriber);
  return () => {
    window.removeEventListener("storage", subscriber);
    subscribers.delete(subscriber);
  };
}
