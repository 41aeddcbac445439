"use client";

import { memo } from "react";
import type { PageView } from "../../../../../../lib/contracts/scans.ts";
import classes from "./boxes-overlay.module.css";
import { describeGlyph, type PlacedGlyph } from "./page-glyphs.ts";

interface BoxesOverlayProps {
  readonly page: PageView;
  readonly glyphs: readonly PlacedGlyph[];
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
  /** Pointing selects; else only a click does, so that the mouse can go elsewhere with a box selected. */
  readonly byPointing: boolean;
}

/**
 * The boxes over the scan, in its own pixels: found ones solid with a tick, doubtful ones dashed with a mark, empty ones dotted.
 * One tab stop; the arrow keys of the screen move on from there.
 */
export function BoxesOverlay({ page, glyphs, selected, onSelect, byPointing }: BoxesOverlayProps) {
  const at = (target: EventTarget) => {
    const index = target instanceof Element ? target.closest("[data-index]")?.getAttribute("data-index") : null;
    return index == null ? null : Number(index);
  };
  const select = (target: EventTarget) => {
    const index = at(target);
    if (index !== null && index !== selected) onSelect(index);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the boxes inside are the controls and the screen has their keys; this listens for them all
    <svg
      className={classes.overlay}
      viewBox={`0 0 ${page.widthPx} ${page.heightPx}`}
      preserveAspectRatio="none"
      role="group"
      aria-label="Boxes"
      onPointerOver={(event) => byPointing && event.pointerType === "mouse" && select(event.target)}
      onClick={(event) => select(event.target)}
      onFocus={(event) => select(event.target)}
    >
      <Outlines page={page} />
      <Boxes glyphs={glyphs} tabStop={selected ?? 0} />
      {selected !== null && glyphs[selected] !== undefined && (
        <polygon className={classes.selected} points={pointsOf(glyphs[selected].outline)} />
      )}
    </svg>
  );
}

/** Fields without boxes of their own: undivided ones, lines, the paragraph, the writer code. */
const Outlines = memo(function Outlines({ page }: { page: PageView }) {
  return page.fields.map((field) =>
    field.glyphs.length > 0 && field.boxOutlines.length > 0 ? null : (
      <polygon
        key={field.name}
        className={classes.field}
        data-empty={field.glyphs.length === 0 || undefined}
        points={pointsOf(field.outline)}
      />
    ),
  );
});

const Boxes = memo(function Boxes({ glyphs, tabStop }: { glyphs: readonly PlacedGlyph[]; tabStop: number }) {
  return glyphs.map((placed, i) => {
    const { glyph, outline, state, prompt } = placed;
    const size = Math.hypot(outline[1][0] - outline[0][0], outline[1][1] - outline[0][1]);
    const [mx, my] = outline[1];
    const mark = Math.min(size * 0.3, 22);
    return (
      <g
        key={glyph.id}
        data-index={i}
        data-state={state}
        className={classes.box}
        role="button"
        tabIndex={i === tabStop ? 0 : -1}
        aria-label={`${prompt ?? glyph.label ?? "?"}: ${describeGlyph(placed)}`}
      >
        <polygon className={classes.halo} points={pointsOf(outline)} />
        <polygon points={pointsOf(outline)} />
        {state === "found" && <path d={`M${mx - mark} ${my + mark * 0.55}l${mark * 0.28} ${mark * 0.3}l${mark * 0.45} ${-mark * 0.6}`} />}
        {state === "doubt" && <path d={`M${mx - mark * 0.5} ${my + mark * 0.25}v${mark * 0.45}m0 ${mark * 0.25}v${mark * 0.05}`} />}
      </g>
    );
  });
});

function pointsOf(outline: readonly (readonly [number, number])[]): string {
  return outline.map(([x, y]) => `${x},${y}`).join(" ");
}
