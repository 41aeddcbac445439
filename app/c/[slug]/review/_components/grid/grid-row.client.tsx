"use client";

import { memo, useLayoutEffect, useRef } from "react";
import { glyphImages } from "../../../../../_components/glyph-images.ts";
import { GLYPH_SIDE, toGlyphPixels } from "../../../../../_components/glyph-pixels.ts";
import type { GlyphBrief } from "../desk/glyph-mark.ts";
import { describeState, findState } from "../desk/glyph-state.ts";
import classes from "./glyph-grid.module.css";
import type { Geometry } from "./grid-geometry.ts";
import { StateMark } from "./state-mark.tsx";

interface RowProps {
  readonly row: number;
  readonly geometry: Geometry;
  readonly total: number;
  /** Null: not loaded yet. */
  readonly glyphs: readonly (GlyphBrief | null)[];
  readonly picked: (id: string) => boolean;
  readonly taken: (id: string) => boolean;
  readonly cursor: number;
  /** All of the above that can be seen, in one string: the row is drawn again only where it differs. */
  readonly stamp: string;
}

/** One row of the grid: its pictures on one canvas, over cells that assistive technology and the pointer can find. */
export const GridRow = memo(
  function GridRow({ row, geometry, total, glyphs, picked, taken, cursor }: RowProps) {
    const { columns, side, cell, rowHeight } = geometry;
    const width = columns * cell;
    return (
      <div role="presentation" className={classes.row} style={{ transform: `translateY(${row * rowHeight}px)`, height: rowHeight, width }}>
        {glyphs.map((glyph, i) => {
          const index = row * columns + i;
          // biome-ignore lint/suspicious/noArrayIndexKey: as below
          if (glyph === null) return <div key={i} className={classes.cell} style={{ width: cell }} data-state="waiting" />;
          const state = findState(glyph);
          const out = picked(glyph.id);
          const held = taken(glyph.id);
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its current option
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place; glyphs pass through it
              key={i}
              id={`glyph-${glyph.id}`}
              role="option"
              aria-selected={out}
              aria-setsize={total}
              aria-posinset={index + 1}
              aria-label={`${glyph.label ?? "no label"}, ${describeState(glyph)}${glyph.flag === null ? "" : ", flagged"}${held ? ", with another reviewer now" : ""}${out ? ", picked out" : ""}`}
              className={classes.cell}
              style={{ width: cell, paddingTop: cell }}
              data-index={index}
              data-state={state}
              data-picked={out || undefined}
              data-taken={held || undefined}
              data-current={index === cursor || undefined}
              data-testid="glyph-cell"
              data-glyph={glyph.id}
              data-label={glyph.label ?? ""}
              data-prediction={glyph.prediction ?? ""}
            >
              <span className={classes.line} aria-hidden="true">
                <span className={classes.label}>{glyph.label ?? "–"}</span>
                {glyph.flag !== null && <span className={classes.flag}>⚑</span>}
                <StateMark glyph={glyph} />
              </span>
            </div>
          );
        })}
        <Pictures glyphs={glyphs} columns={columns} side={side} width={width} height={cell} />
      </div>
    );
  },
  (before, after) => before.stamp === after.stamp && before.row === after.row && before.geometry === after.geometry,
);

/** The row's canvas: a picture is drawn where another glyph comes to its place, or its bytes arrive. */
function Pictures(props: { glyphs: readonly (GlyphBrief | null)[]; columns: number; side: number; width: number; height: number }) {
  const { glyphs, columns, side, width, height } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<{ columns: number; side: number; ids: (string | null)[] }>({ columns: 0, side: 0, ids: [] });
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    if (drawn.current.columns !== columns || drawn.current.side !== side) {
      // Setting a canvas's width empties it.
      element.width = columns * side;
      element.height = side;
      drawn.current = { columns, side, ids: new Array<string | null>(columns).fill(null) };
    }
    const { ids } = drawn.current;
    const margin = Math.floor((side - GLYPH_SIDE) / 2);
    for (let i = 0; i < columns; i++) {
      const id = glyphs[i]?.id ?? null;
      if (id === ids[i]) continue;
      const bytes = id === null ? undefined : glyphImages.get(id);
      if (bytes === undefined) {
        if (ids[i] !== null) context.clearRect(i * side, 0, side, side);
        ids[i] = null;
      } else {
        context.putImageData(toGlyphPixels(bytes), i * side + margin, margin);
        ids[i] = id;
      }
    }
  });
  return (
    <div className={classes.pictures} aria-hidden="true">
      <canvas ref={canvas} className="glyph-pixels" style={{ width, height }} />
    </div>
  );
}
