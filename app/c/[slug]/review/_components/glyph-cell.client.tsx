"use client";

import { memo, useEffect, useRef } from "react";
import type { GlyphView } from "../../../../../lib/contracts/review.ts";
import { GLYPH_SIDE, toGlyphPixels } from "../../../../_components/glyph-pixels.ts";
import classes from "./glyph-grid.module.css";
import { describeState, findState } from "./glyph-state.ts";

interface CellProps {
  readonly glyph: GlyphView;
  readonly index: number;
  readonly bytes: Uint8Array | null;
  readonly current: boolean;
  readonly onPick: (index: number) => void;
}

/** One glyph of the grid with its label and its state, in shape and word. */
export const GlyphCell = memo(function GlyphCell({ glyph, index, bytes, current, onPick }: CellProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (bytes !== null) canvas.current?.getContext("2d")?.putImageData(toGlyphPixels(bytes), 0, 0);
  }, [bytes]);
  const state = findState(glyph);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and the screen's keys; a click only moves the cursor
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its current option
    <div
      id={`glyph-${glyph.id}`}
      role="option"
      aria-selected={current}
      aria-label={`${glyph.label ?? "no label"}, ${describeState(glyph)}`}
      className={classes.cell}
      data-state={state}
      data-current={current || undefined}
      data-testid="glyph-cell"
      data-glyph={glyph.id}
      data-label={glyph.label ?? ""}
      onClick={() => onPick(index)}
    >
      <canvas ref={canvas} width={GLYPH_SIDE} height={GLYPH_SIDE} className={`glyph-pixels ${classes.glyph}`} />
      <span className={classes.line} aria-hidden="true">
        <span className={classes.label}>{glyph.label ?? "–"}</span>
        <Mark glyph={glyph} state={state} />
      </span>
    </div>
  );
});

function Mark({ glyph, state }: { glyph: GlyphView; state: ReturnType<typeof findState> }) {
  switch (state) {
    case "differs":
      return (
        <span className={classes.mark}>
          <svg viewBox="0 0 8 8" aria-hidden="true">
            <path d="M4 0.5 8 7.5H0z" />
          </svg>
          model {glyph.prediction?.label}
        </span>
      );
    case "unsure":
      return (
        <span className={classes.mark}>
          <svg viewBox="0 0 8 8" aria-hidden="true">
            <path d="M4 0 8 4 4 8 0 4z" />
          </svg>
          {glyph.prediction === null || glyph.prediction.label === glyph.label ? "cut?" : `cut? ${glyph.prediction.label}`}
        </span>
      );
    case "crossed-out":
    case "overwritten":
      return (
        <span className={classes.mark}>
          <svg viewBox="0 0 8 8" aria-hidden="true">
            <path d="M4 0 8 4 4 8 0 4z" />
          </svg>
          {state === "crossed-out" ? "crossed out" : "overwritten"}
        </span>
      );
    case "reviewed":
      return (
        <span className={classes.mark}>
          <svg viewBox="0 0 8 8" aria-hidden="true" data-line>
            <path d="M0.8 4.4 3 6.8 7.4 1.2" />
          </svg>
        </span>
      );
    case "unusable":
      return (
        <span className={classes.mark}>
          <svg viewBox="0 0 8 8" aria-hidden="true" data-line>
            <path d="M1 1 7 7M7 1 1 7" />
          </svg>
          unusable
        </span>
      );
    default:
      return null;
  }
}
