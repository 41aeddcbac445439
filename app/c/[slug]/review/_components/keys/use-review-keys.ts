import { useMemo } from "react";
import type { KeyBinding } from "../../../../../_components/key-binding.ts";
import { nameKeys, showKey } from "../../../../../_components/key-names.ts";
import { useKeys } from "../../../../../_components/keys.client.tsx";
import type { ReviewWay } from "../frame/review-address.ts";
import type { CommandId } from "./commands.ts";
import { useKeyChoices } from "./key-choices.ts";
import { resolveKeys } from "./resolve-keys.ts";

/** Printable and not a space; `?` shows the keys. */
const PRINTABLE = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((key) => key !== "?");

export interface ReviewKeys {
  readonly way: ReviewWay;
  /** The characters that glyphs here can be. */
  readonly characters: readonly string[];
  readonly onClass: (value: string) => void;
  readonly onCommand: (id: CommandId) => void;
  /** Says that a key has no meaning here. */
  readonly onSay: (words: string) => void;
}

const TITLES: Readonly<Record<ReviewWay, string>> = { grid: "Review: grid", one: "Review: one by one", adjudicate: "Review: adjudication" };

/** The keys of one of the three ways, as its user has chosen them. A class's key held down counts once. */
export function useReviewKeys({ way, characters, onClass, onCommand, onSay }: ReviewKeys): void {
  const choices = useKeyChoices();
  const classes = useClassSet(characters);
  const resolved = useMemo(() => resolveKeys({ choices, way, classes }), [choices, way, classes]);
  const bindings: KeyBinding[] = [
    {
      keys: [...resolved.classes.keys()],
      shown: summarize([...resolved.classes.keys()]),
      does: "It is this character; on to the next",
      run: (event) => {
        const value = nameKeys(event)
          .map((key) => resolved.classes.get(key))
          .find((found) => found !== undefined);
        if (value !== undefined && !event.repeat) onClass(value);
      },
    },
    ...resolved.commands.map(({ id, command, keys }) => ({
      keys,
      does: command.does,
      run: (event: KeyboardEvent) => {
        if (!event.repeat || command.repeats) onCommand(id);
      },
    })),
    {
      keys: PRINTABLE,
      hidden: true,
      does: "Nothing here",
      run: ({ key }) => onSay(`No glyph here is asked to be "${key}": nothing was changed.`),
    },
  ];
  useKeys(TITLES[way], bindings);
}

/** "0-9 A-Z a-z" where all of a run are there, else one by one. */
function summarize(keys: readonly string[]): string {
  const left = new Set(keys);
  const parts: string[] = [];
  for (const [from, to] of ["09", "AZ", "az"]) {
    const run = Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, i) => String.fromCharCode(from.charCodeAt(0) + i));
    if (!run.every((key) => left.has(key))) continue;
    parts.push(`${from}-${to}`);
    for (const key of run) left.delete(key);
  }
  return [...parts, ...[...left].map((key) => showKey(key, true))].join(" ");
}

/** The characters as a set that stays the same while they do. */
function useClassSet(characters: readonly string[]): ReadonlySet<string> {
  const joined = characters.join("");
  return useMemo(() => new Set(joined), [joined]);
}
