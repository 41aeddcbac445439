"use client";

import { Button } from "@mantine/core";
import { formatCount } from "../../../../../_components/format.ts";
import type { ReviewAddress } from "../frame/review-address.ts";
import type { CommandId } from "../keys/commands.ts";
import classes from "./grid-way.module.css";

interface BarProps {
  readonly address: ReviewAddress;
  readonly characters: readonly string[];
  readonly picked: number;
  readonly seen: number;
  readonly onClass: (label: string | null) => void;
  readonly onRun: (id: CommandId) => void;
}

/** Which class is shown, and what can be done with those seen and those picked out. It stays in sight. */
export function GridBar({ address, characters, picked, seen, onClass, onRun }: BarProps) {
  return (
    <div className={classes.bar}>
      <div className={classes.characters} role="group" aria-label="Class">
        <button type="button" aria-pressed={address.label === null} onClick={() => onClass(null)}>
          All
        </button>
        {characters.map((value) => (
          <button
            key={value}
            type="button"
            aria-pressed={address.label === value}
            onClick={() => onClass(value)}
            data-testid={`class-${value}`}
          >
            {value}
          </button>
        ))}
      </div>
      <div className={classes.actions}>
        {picked > 0 && (
          <Button size="xs" variant="default" onClick={() => onRun("picked-one-by-one")} data-testid="picked">
            {formatCount(picked)} picked out, one by one
          </Button>
        )}
        <Button size="xs" onClick={() => onRun("confirm-seen")} disabled={seen === 0} visibleFrom="sm" data-testid="confirm-seen">
          Confirm the rest seen
        </Button>
      </div>
    </div>
  );
}
