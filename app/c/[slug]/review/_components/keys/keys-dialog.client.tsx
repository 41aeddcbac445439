"use client";

import { Button, Kbd, Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import { nameKeys, showKey } from "../../../../../_components/key-names.ts";
import classes from "../frame/dialogs.module.css";
import { COMMANDS, type Command } from "./commands.ts";
import { resetKeyChoices, setKeyChoice, useKeyChoices } from "./key-choices.ts";
import { findKeyConflict } from "./resolve-keys.ts";

interface DialogProps {
  readonly opened: boolean;
  readonly characters: readonly string[];
  readonly onClose: () => void;
}

const MODIFIERS = ["Shift", "Control", "Alt", "Meta", "CapsLock", "AltGraph"];

/** Every key of Review, and another one for whoever wants it. */
export function KeysDialog({ opened, characters, onClose }: DialogProps) {
  const choices = useKeyChoices();
  /** The target that waits for its new key. */
  const [waiting, setWaiting] = useState<string | null>(null);
  const [said, setSaid] = useState<{ words: string; refused: boolean }>({ words: "", refused: false });

  useEffect(() => {
    if (waiting === null) return;
    const take = (event: KeyboardEvent) => {
      if (MODIFIERS.includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      setWaiting(null);
      if (event.key === "Escape") return setSaid({ words: "Nothing was changed.", refused: false });
      const [key] = nameKeys(event);
      const conflict = findKeyConflict(key, waiting, { choices, classes: new Set(characters) });
      if (conflict !== null) return setSaid({ words: conflict, refused: true });
      setKeyChoice(waiting, [key]);
      setSaid({ words: `From now on ${showKey(key, true)}.`, refused: false });
    };
    window.addEventListener("keydown", take, { capture: true });
    return () => window.removeEventListener("keydown", take, { capture: true });
  }, [waiting, choices, characters]);

  const rows = [
    ...COMMANDS.map(({ id, does, keys }: Command) => ({ target: id, does, keys: choices[id] ?? keys })),
    ...characters.map((value) => ({ target: `class:${value}`, does: `It is ${value}`, keys: choices[`class:${value}`] ?? [value] })),
  ];
  return (
    <Modal opened={opened} onClose={onClose} title="Change the keys" size="lg" closeOnEscape={waiting === null}>
      <p className={classes.said} data-refused={said.refused || undefined} role="status">
        {waiting === null ? said.words : "Press the new key; Esc leaves it as it is."}
      </p>
      <ul className={classes.keys}>
        {rows.map(({ target, does, keys }) => (
          <li key={target} className={classes.key}>
            <span>{does}</span>
            <span className={classes.kbd}>
              {keys.map((key) => (
                <Kbd key={key}>{showKey(key, true)}</Kbd>
              ))}
            </span>
            <Button
              size="compact-xs"
              variant={waiting === target ? "filled" : "default"}
              onClick={() => setWaiting(target)}
              aria-label={`Change the key of: ${does}`}
              data-testid={`change-${target}`}
            >
              {waiting === target ? "…" : "Change"}
            </Button>
          </li>
        ))}
      </ul>
      <Button
        mt="md"
        variant="default"
        onClick={() => {
          resetKeyChoices();
          setSaid({ words: "All keys are as they were at first.", refused: false });
        }}
      >
        All as at first
      </Button>
    </Modal>
  );
}
