"use client";

import { useState } from "react";
import classes from "./keypad.module.css";

const SETS = [
  { name: "0–9", fits: /[0-9]/ },
  { name: "abc", fits: /[a-z]/ },
  { name: "ABC", fits: /[A-Z]/ },
  { name: "…", fits: /[^0-9A-Za-z]/ },
] as const;

export interface KeypadProps {
  /** What glyphs here can be. */
  readonly characters: readonly string[];
  /** What the cursor's glyph is taken for: the key of that is marked. */
  readonly label: string | null;
  readonly canUndo: boolean;
  /** False hides the keys of the classes: there is nothing to give them to. */
  readonly classKeys: boolean;
  /** The key that says yes. */
  readonly confirm: { readonly words: string; readonly disabled: boolean; readonly run: () => void };
  readonly onClass: (value: string) => void;
  readonly onUnusable: () => void;
  readonly onUndo: () => void;
  readonly onSkip?: () => void;
}

/** The keys of the screen for a thumb. */
export function Keypad({ characters, label, canUndo, classKeys, confirm, onClass, onUnusable, onUndo, onSkip }: KeypadProps) {
  const [chosen, setChosen] = useState<string>(SETS[0].name);
  const sets = SETS.map(({ name, fits }) => ({ name, keys: characters.filter((value) => fits.test(value)) })).filter(
    ({ keys }) => keys.length > 0,
  );
  const set = sets.find(({ name }) => name === chosen) ?? sets[0];
  return (
    <div className={classes.pad} role="group" aria-label="Keypad" data-testid="keypad">
      {sets.length > 1 && classKeys && (
        <div className={classes.sets}>
          {sets.map(({ name }) => (
            <button key={name} type="button" aria-pressed={set.name === name} onClick={() => setChosen(name)}>
              {name}
            </button>
          ))}
        </div>
      )}
      {classKeys && (
        <div className={classes.keys} data-set={set.name}>
          {set.keys.map((value) => (
            <button key={value} type="button" data-current={value === label || undefined} onClick={() => onClass(value)}>
              {value}
            </button>
          ))}
        </div>
      )}
      <div className={classes.actions}>
        <button type="button" onClick={onUndo} disabled={!canUndo}>
          Undo
        </button>
        {onSkip !== undefined && (
          <button type="button" onClick={onSkip}>
            Skip
          </button>
        )}
        {classKeys && (
          <button type="button" onClick={onUnusable}>
            Unusable
          </button>
        )}
        <button type="button" onClick={confirm.run} disabled={confirm.disabled} data-main>
          {confirm.words}
        </button>
      </div>
    </div>
  );
}
