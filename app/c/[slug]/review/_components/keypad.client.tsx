"use client";

import { useState } from "react";
import classes from "./keypad.module.css";

const SETS = {
  "0–9": [..."0123456789"],
  abc: [..."abcdefghijklmnopqrstuvwxyz"],
  ABC: [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
} as const;
type SetName = keyof typeof SETS;

interface KeypadProps {
  readonly letters: boolean;
  /** What the cursor's glyph is taken for: the key of that is marked. */
  readonly label: string | null;
  readonly canUndo: boolean;
  readonly onClass: (value: string) => void;
  readonly onConfirm: () => void;
  readonly onUnusable: () => void;
  readonly onUndo: () => void;
}

/** The keys of the screen for a thumb. */
export function Keypad({ letters, label, canUndo, onClass, onConfirm, onUnusable, onUndo }: KeypadProps) {
  const [set, setSet] = useState<SetName>("0–9");
  const shown = letters ? set : "0–9";
  return (
    <div className={classes.pad} role="group" aria-label="Keypad" data-testid="keypad">
      {letters && (
        <div className={classes.sets}>
          {(Object.keys(SETS) as SetName[]).map((name) => (
            <button key={name} type="button" aria-pressed={set === name} onClick={() => setSet(name)}>
              {name}
            </button>
          ))}
        </div>
      )}
      <div className={classes.keys} data-set={shown}>
        {SETS[shown].map((value) => (
          <button key={value} type="button" data-current={value === label || undefined} onClick={() => onClass(value)}>
            {value}
          </button>
        ))}
      </div>
      <div className={classes.actions}>
        <button type="button" onClick={onUndo} disabled={!canUndo}>
          Undo
        </button>
        <button type="button" onClick={onUnusable}>
          × Unusable
        </button>
        <button type="button" onClick={onConfirm} disabled={label === null} data-main>
          {label === null ? "No label" : `✓ It is ${label}`}
        </button>
      </div>
    </div>
  );
}
