"use client";

import { formatCount } from "../../../../../_components/format.ts";
import type { SaveState } from "./label-outbox.ts";
import classes from "./save-state.module.css";

/** Whether the server has everything. */
export function SaveStateText({ save }: { save: SaveState }) {
  const text =
    save.kind === "saved"
      ? "saved"
      : save.kind === "saving"
        ? `saving ${formatCount(save.waiting)}`
        : save.kind === "offline"
          ? `offline, will retry ${formatCount(save.waiting)}`
          : `saving ${formatCount(save.waiting)}: keep this tab open, the browser has no room to keep them`;
  const trouble = save.kind === "offline" || save.kind === "unkept";
  return (
    <span className={classes.save} data-kind={save.kind} data-testid="save-state">
      <svg viewBox="0 0 10 10" aria-hidden="true">
        {save.kind === "saved" && <path d="M1 5.5 4 8.5 9 1.8" />}
        {save.kind === "saving" && <path d="M1.5 5h.01M5 5h.01M8.5 5h.01" />}
        {trouble && <path d="M5 1v5M5 9v.01" />}
      </svg>
      {/* that every key was saved would be read out over the next glyph: only trouble is */}
      <span role="status">{trouble && text}</span>
      {!trouble && text}
    </span>
  );
}
