import { useSyncExternalStore } from "react";
import { z } from "zod";
import type { KeyChoices } from "./resolve-keys.ts";

const KEY = "inkform.review-keys";
const schema = z.record(z.string().max(40), z.array(z.string().min(1).max(40)).max(4));
const NONE: KeyChoices = {};
const subscribers = new Set<() => void>();
let read: { text: string | null; choices: KeyChoices } = { text: null, choices: NONE };

/** The keys that this browser's user has chosen; what cannot be read counts as none. */
export function getKeyChoices(): KeyChoices {
  const text = localStorage.getItem(KEY);
  if (text !== read.text) read = { text, choices: parse(text) };
  return read.choices;
}

/** @param keys null: back to the defaults */
export function setKeyChoice(target: string, keys: readonly string[] | null): void {
  const { [target]: _, ...others } = getKeyChoices();
  localStorage.setItem(KEY, JSON.stringify(keys === null ? others : { ...others, [target]: keys }));
  for (const subscriber of subscribers) subscriber();
}

export function resetKeyChoices(): void {
  localStorage.removeItem(KEY);
  for (const subscriber of subscribers) subscriber();
}

export function useKeyChoices(): KeyChoices {
  return useSyncExternalStore(subscribe, getKeyChoices, () => NONE);
}

function subscribe(subscriber: () => void): () => void {
  window.addEventListener("storage", subscriber);
  subscribers.add(subscriber);
  return () => {
    window.removeEventListener("storage", subscriber);
    subscribers.delete(subscriber);
  };
}

function parse(text: string | null): KeyChoices {
  try {
    const kept = schema.safeParse(JSON.parse(text ?? "{}"));
    return kept.success ? kept.data : NONE;
  } catch {
    return NONE;
  }
}
