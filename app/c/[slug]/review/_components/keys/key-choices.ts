import { useSyncExternalStore } from "react";
import { z } from "zod";
import { StoredText } from "../../../../../_components/stored-text.ts";
import type { KeyChoices } from "./resolve-keys.ts";

const kept = new StoredText("inkform.review-keys");
const schema = z.record(z.string().max(40), z.array(z.string().min(1).max(40)).max(4));
const NONE: KeyChoices = {};
let read: { text: string | null; choices: KeyChoices } = { text: null, choices: NONE };

/** The keys that this browser's user has chosen; what cannot be read counts as none. */
export function getKeyChoices(): KeyChoices {
  const text = kept.read();
  if (text !== read.text) read = { text, choices: parse(text) };
  return read.choices;
}

/** @param keys null: back to the defaults */
export function setKeyChoice(target: string, keys: readonly string[] | null): void {
  const { [target]: _, ...others } = getKeyChoices();
  kept.write(JSON.stringify(keys === null ? others : { ...others, [target]: keys }));
}

export function resetKeyChoices(): void {
  kept.write(null);
}

export function useKeyChoices(): KeyChoices {
  return useSyncExternalStore(kept.subscribe, getKeyChoices, () => NONE);
}

function parse(text: string | null): KeyChoices {
  try {
    const choices = schema.safeParse(JSON.parse(text ?? "{}"));
    return choices.success ? choices.data : NONE;
  } catch {
    return NONE;
  }
}
